#include "eds/algorithms.hpp"

#include <algorithm>
#include <iterator>

namespace shep::eds {
namespace {

using crypto::digest_algorithm;
using crypto::signature_algorithm;

constexpr signature_method signature_methods[] = {
    {uri::rsa_sha256, signature_algorithm::rsa_sha256},
    {uri::gost2015_512, signature_algorithm::gost2015_512},
    {uri::gost2015_256, signature_algorithm::gost2015_256, false, true},
    {uri::gost2004, signature_algorithm::gost2004, true},
    {"http://www.w3.org/2000/09/xmldsig#rsa-sha1", signature_algorithm::rsa_sha1, true},
    {"http://www.w3.org/2001/04/xmldsig-more#rsa-sha1", signature_algorithm::rsa_sha1, true},
};

constexpr digest_method digest_methods[] = {
    {uri::sha256, digest_algorithm::sha256},
    {uri::streebog512, digest_algorithm::streebog512},
    {uri::streebog256, digest_algorithm::streebog256, false, true},
    {uri::gost34311, digest_algorithm::gost34311, true},
    {"http://www.w3.org/2000/09/xmldsig#sha1", digest_algorithm::sha1, true},
    {"http://www.w3.org/2001/04/xmldsig-more#sha1", digest_algorithm::sha1, true},
};

constexpr c14n_method c14n_methods[] = {
    {uri::c14n, false, false},
    {uri::c14n_with_comments, false, true},
    {uri::exc_c14n, true, false},
    {uri::exc_c14n_with_comments, true, true},
};

template <class Row, std::size_t N>
std::optional<Row> find(const Row (&table)[N], std::string_view wanted) {
  const auto row = std::find_if(std::begin(table), std::end(table), [&](const Row& r) { return r.uri == wanted; });
  if (row == std::end(table)) return std::nullopt;
  return *row;
}

}  // namespace

std::optional<signature_method> find_signature_method(std::string_view wanted) { return find(signature_methods, wanted); }
std::optional<digest_method> find_digest_method(std::string_view wanted) { return find(digest_methods, wanted); }
std::optional<c14n_method> find_c14n_method(std::string_view wanted) { return find(c14n_methods, wanted); }

std::optional<signing_methods> methods_for(crypto::key_kind kind) {
  const auto pair = [](std::string_view signature, std::string_view digest) {
    return signing_methods{*find_signature_method(signature), *find_digest_method(digest)};
  };
  switch (kind) {
    case crypto::key_kind::rsa: return pair(uri::rsa_sha256, uri::sha256);
    case crypto::key_kind::gost2015_512: return pair(uri::gost2015_512, uri::streebog512);
    case crypto::key_kind::gost2015_256: return pair(uri::gost2015_256, uri::streebog256);
    case crypto::key_kind::gost2004: return pair(uri::gost2004, uri::gost34311);
    case crypto::key_kind::other: break;
  }
  return std::nullopt;
}

}  // namespace shep::eds
