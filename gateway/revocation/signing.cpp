#include "revocation/signing.hpp"

#include "crypto/asn1_write.hpp"
#include "crypto/name.hpp"
#include "crypto/problems.hpp"

namespace shep::revocation {

using namespace crypto::asn1;
using crypto::signature_algorithm;

result<void> check_signature(const crypto::public_key& key, std::string_view algorithm_oid, std::string_view octets,
                             std::string_view signature, bool allow_sha1, const problem_code& code) {
  const std::optional<signature_algorithm> scheme = crypto::signature_for(algorithm_oid, key.kind());
  if (!scheme)
    return problem(code, "it is signed with algorithm " + std::string(algorithm_oid) + ", which is not supported or does not fit the key");
  if (crypto::digest_of(*scheme) == crypto::digest_algorithm::sha1 && !allow_sha1)
    return problem(code, "it is signed with SHA-1, which proves nothing today");
  if (const result<void> good = key.verify(*scheme, octets, signature); !good) return problem(code, good.error().detail);
  return {};
}

result<signature_parts> sign(std::string_view octets, const crypto::private_key& key) {
  const std::optional<signature_algorithm> scheme = crypto::usual_signature(key.kind());
  if (!scheme) return problem(problems::crypto_key, "no signature algorithm is known for keys of this kind");
  const result<std::string> value = key.sign(*scheme, octets);
  if (!value) return value.error();
  return signature_parts{crypto::algorithm_identifier(*scheme), write_bit_string(*value)};
}

std::string_view key_bits(const crypto::public_key& key) {
  failure f;
  reader outer(key.spki(), f);
  reader info = outer.enter(tags::sequence, "SubjectPublicKeyInfo");
  info.any("the algorithm");
  return info.bit_string("subjectPublicKey");
}

bool same_name(std::string_view a_der, std::string_view b_der) {
  return a_der == b_der || crypto::name_key(crypto::parse_name(a_der)) == crypto::name_key(crypto::parse_name(b_der));
}

std::string write_extension(std::string_view oid, bool critical, std::string_view value) {
  return write(tags::sequence, write_oid(oid) + (critical ? write_boolean(true) : "") + write(tags::octet_string, value));
}

std::string write_enumerated(unsigned value) { return write(tags::enumerated, std::string(1, static_cast<char>(value))); }

}  // namespace shep::revocation
