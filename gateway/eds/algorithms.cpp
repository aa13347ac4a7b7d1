#include "eds/algorithms.hpp"

#include <algorithm>
#include <iterator>

namespace shep::eds {
namespace {

using crypto::digest_algorithm;
using crypto::signature_algorithm;

constexpr signature_method signature_methods[] = {
    {uri::rsa_sha256, signature_algorithm::rsa_sha256, false},
    {"urn:ietf:params:xml:ns:pkigovkz:xmlsec:algorithms:gostr34102015-gostr34112015-512", signature_algorithm::gost2015_512, false},
    {"urn:ietf:params:xml:ns:pkigovkz:xmlsec:algorithms:gostr34102015-gostr34112015-256", signature_algorithm::gost2015_256, false},
    {"http://www.w3.org/2001/04/xmldsig-more#gost34310-gost34311", signature_algorithm::gost2004, false},
    {"http://www.w3.org/2000/09/xmldsig#rsa-sha1", signature_algorithm::rsa_sha1, true},
    {"http://www.w3.org/2001/04/xmldsig-more#rsa-sha1", signature_algorithm::rsa_sha1, true},
};

constexpr digest_method digest_methods[] = {
    {uri::sha256, digest_algorithm::sha256, false},
    {"urn:ietf:params:xml:ns:pkigovkz:xmlsec:algorithms:gostr34112015-512", digest_algorithm::streebog512, false},
    {"urn:ietf:params:xml:ns:pkigovkz:xmlsec:algorithms:gostr34112015-256", digest_algorithm::streebog256, false},
    {"http://www.w3.org/2001/04/xmldsig-more#gost34311", digest_algorithm::gost34311, false},
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
  if (kind == crypto::key_kind::rsa) return signing_methods{signature_methods[0], digest_methods[0]};
  return std::nullopt;
}

}  // namespace shep::eds
