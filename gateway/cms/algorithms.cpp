#include "cms/algorithms.hpp"

#include "core/bytes.hpp"
#include "crypto/asn1_write.hpp"
#include "eds/problems.hpp"

#include <array>

namespace shep::cms {
namespace {

using crypto::digest_algorithm;
using crypto::key_kind;
using crypto::signature_algorithm;

constexpr std::array schemes{signature_algorithm::rsa_sha1, signature_algorithm::rsa_sha256,   signature_algorithm::rsa_sha512,
                             signature_algorithm::gost2004, signature_algorithm::gost2015_256, signature_algorithm::gost2015_512};

problem refused(std::string what) { return {problems::signature_constraints, std::move(what)}; }

}  // namespace

std::string_view key_oid(key_kind k) {
  switch (k) {
    case key_kind::rsa: return "1.2.840.113549.1.1.1";
    case key_kind::gost2004: return "1.2.398.3.10.1.1.1.1";
    case key_kind::gost2015_256: return "1.2.398.3.10.1.1.2.1";
    case key_kind::gost2015_512: return "1.2.398.3.10.1.1.2.2";
    case key_kind::other: break;
  }
  return {};
}

result<signature_algorithm> scheme_of(std::string_view digest_oid, std::string_view signature_oid, key_kind key) {
  const auto digest = crypto::digest_by_oid(digest_oid);
  if (!digest) return refused("digest algorithm " + clipped(digest_oid) + " is not accepted");
  if (key == key_kind::other) return refused("the certificate holds a key of a kind that is not known here");
  for (const signature_algorithm s : schemes) {
    if (crypto::key_of(s) != key) continue;
    if (signature_oid == crypto::oid_of(s)) {
      if (crypto::digest_of(s) == *digest) return s;
      return refused("digestAlgorithm is " + std::string(crypto::name_of(*digest)) + ", signatureAlgorithm " +
                     std::string(crypto::name_of(s)) + " uses another");
    }
    if (signature_oid == key_oid(key) && crypto::digest_of(s) == *digest) return s;
  }
  return refused("signature algorithm " + clipped(signature_oid) + " with digest " + std::string(crypto::name_of(*digest)) +
                 " is not accepted for the certificate's " + std::string(crypto::name_of(key)) + " key");
}

std::optional<signature_algorithm> scheme_for(key_kind k) {
  switch (k) {
    case key_kind::rsa: return signature_algorithm::rsa_sha256;
    case key_kind::gost2004: return signature_algorithm::gost2004;
    case key_kind::gost2015_256: return signature_algorithm::gost2015_256;
    case key_kind::gost2015_512: return signature_algorithm::gost2015_512;
    case key_kind::other: break;
  }
  return std::nullopt;
}

std::string algorithm_der(std::string_view oid) {
  using namespace crypto::asn1;
  return write(tags::sequence, write_oid(oid) + write(tags::null, ""));
}

std::size_t size_of(digest_algorithm d) {
  switch (d) {
    case digest_algorithm::sha1: return 20;
    case digest_algorithm::sha384: return 48;
    case digest_algorithm::sha512:
    case digest_algorithm::streebog512: return 64;
    default: return 32;
  }
}

}  // namespace shep::cms
