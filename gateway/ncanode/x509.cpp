#include "core/bytes.hpp"
#include "crypto/algorithm.hpp"
#include "crypto/problems.hpp"
#include "ncanode/answer.hpp"
#include "ncanode/endpoints.hpp"
#include "ncanode/keys.hpp"
#include "ncanode/problems.hpp"

namespace shep::ncanode {
namespace {

/// The algorithm that a key signs a text with: the one of its kind, not the one its certificate happens to be signed with.
std::optional<crypto::signature_algorithm> algorithm_of(crypto::key_kind kind) {
  switch (kind) {
    case crypto::key_kind::rsa: return crypto::signature_algorithm::rsa_sha256;
    case crypto::key_kind::gost2004: return crypto::signature_algorithm::gost2004;
    case crypto::key_kind::gost2015_256: return crypto::signature_algorithm::gost2015_256;
    case crypto::key_kind::gost2015_512: return crypto::signature_algorithm::gost2015_512;
    case crypto::key_kind::other: return std::nullopt;
  }
  return std::nullopt;
}

/// Octets that are no certificate do not end the request: their place in `signers` is null (NCANode).
void add_unreadable(verdict& v, std::size_t index, const problem& why) {
  v.message = "[" + std::to_string(index) + "]: Invalid certificate given.";
  v.signatures_hold = false;
  v.indication = eds::indication::total_failed;
  v.sub_indication = "FORMAT_FAILURE";
  v.findings.push_back(finding_of(why));
  v.signers.push_back({});
}

void check_raw_signature(verdict& v, const crypto::certificate& c, const std::string& data, const std::string& signature, bool compat) {
  const auto fail = [&](const problem& why, std::string_view reason) {
    v.signatures_hold = false;
    v.indication = eds::indication::total_failed;
    v.sub_indication = reason;
    v.findings.push_back(finding_of(why));
  };
  const auto algorithm = algorithm_of(c.key().kind());
  if (!algorithm)
    return fail({problems::crypto_key, "the certificate's key is of a kind that is not known here"}, "CRYPTO_CONSTRAINTS_FAILURE");
  if (crypto::is_weak(*algorithm) && !compat)
    return fail({problems::crypto_key, "keys of 2004 are not accepted here", {}, "set ncanode.gost2004"}, "CRYPTO_CONSTRAINTS_FAILURE");
  if (const auto ok = c.key().verify(*algorithm, data, signature); !ok) fail(ok.error(), "SIG_CRYPTO_FAILURE");
}

}  // namespace

outcome x509_info(const call& c) {
  std::optional<problem> wrong;
  field_reader f(c.body, wrong);
  const auto wanted = read_revocation_check(f);
  std::vector<std::string> sent;
  if (!f.has("certs")) f.fail("certs", "the field is missing");
  const auto texts = f.texts("certs");
  for (std::size_t i = 0; i < texts.size() && !f.failed(); ++i) {
    auto octets = from_base64(texts[i]);
    if (octets) sent.push_back(std::move(*octets));
    else f.fail("certs[" + std::to_string(i) + "]", "the text is not base64", "a certificate as DER or PEM, in base64");
  }
  if (wrong) return problem_answer(*wrong);
  verdict v;
  for (std::size_t i = 0; i < sent.size(); ++i) {
    const auto certificate = crypto::certificate::from_pem_or_der(sent[i]);
    if (certificate) add_certificate(v, judge_certificate(*certificate, *c.world.trust, c.now));
    else add_unreadable(v, i, certificate.error());
  }
  return concluded(std::move(v), wanted);
}

outcome x509_verify(const call& c) {
  std::optional<problem> wrong;
  field_reader f(c.body, wrong);
  const auto wanted = read_revocation_check(f);
  const std::string sent = f.octets("certificate");
  const std::string signature = f.octets("signature");
  const std::string data = f.required_text("data");
  if (wrong) return problem_answer(*wrong);
  verdict v;
  const auto certificate = crypto::certificate::from_pem_or_der(sent);
  if (!certificate) {
    add_unreadable(v, 0, certificate.error());
    return concluded(std::move(v), wanted);
  }
  check_raw_signature(v, *certificate, data, signature, c.world.policy.compat);
  add_certificate(v, judge_certificate(*certificate, *c.world.trust, c.now));
  return concluded(std::move(v), wanted);
}

outcome x509_sign(const call& c) {
  std::optional<problem> wrong;
  field_reader f(c.body, wrong);
  const std::string data = f.required_text("data");
  field_reader who = f.object("signer");
  const sent_key sent = read_key_fields(who);
  if (wrong) return problem_answer(*wrong);
  key_account account;
  const auto identity = open_key(sent, account);
  if (!identity) return problem_answer(identity.error());
  const auto algorithm = algorithm_of(identity->key.kind());
  if (!algorithm) return problem_answer({problems::ncanode_key, "the key is of a kind that cannot sign here", sent.where});
  const auto signature = identity->key.sign(*algorithm, data);
  if (!signature) return problem_answer({problems::ncanode_key, signature.error().detail, sent.where});
  return ok_answer({{"certificate", to_base64(identity->certificate.der())}, {"signature", to_base64(*signature)}});
}

}  // namespace shep::ncanode
