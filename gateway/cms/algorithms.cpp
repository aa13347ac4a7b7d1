#include "cms/algorithms.hpp"

#include "core/bytes.hpp"
#include "eds/problems.hpp"

namespace shep::cms {
namespace {

using crypto::digest_algorithm;
using crypto::key_kind;
using crypto::signature_algorithm;

problem refused(std::string what) { return {problems::signature_constraints, std::move(what)}; }

/// rsaEncryption says nothing of the digest: digestAlgorithm does (RFC 3370 section 3.2).
std::optional<signature_algorithm> rsa_with(digest_algorithm digest) {
  for (const signature_algorithm s : {signature_algorithm::rsa_sha1, signature_algorithm::rsa_sha256, signature_algorithm::rsa_sha512})
    if (crypto::digest_of(s) == digest) return s;
  return std::nullopt;
}

}  // namespace

result<signature_algorithm> scheme_of(std::string_view digest_oid, std::string_view signature_oid, key_kind key) {
  const auto digest = crypto::digest_by_oid(digest_oid);
  if (!digest) return refused("digest algorithm " + clipped(digest_oid) + " is not accepted");
  const bool plain_rsa = key == key_kind::rsa && signature_oid == crypto::key_oid_of(key_kind::rsa);
  const auto scheme = plain_rsa ? rsa_with(*digest) : crypto::signature_for(signature_oid, key);
  if (!scheme)
    return refused("signature algorithm " + clipped(signature_oid) + " with digest " + std::string(crypto::name_of(*digest)) +
                   " is not accepted for the certificate's key (" + std::string(crypto::name_of(key)) + ")");
  if (crypto::digest_of(*scheme) != *digest)
    return refused("digestAlgorithm is " + std::string(crypto::name_of(*digest)) + ", signatureAlgorithm means " +
                   std::string(crypto::name_of(*scheme)));
  return *scheme;
}

}  // namespace shep::cms
