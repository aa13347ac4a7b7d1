// Who may answer for an issuer (RFC 6960 section 4.2.2.2).
#include "unit/crypto/crafted.hpp"
#include "unit/revocation/ocsp_answers.hpp"

namespace shep::revocation::ocsp {
namespace {

using namespace test;
using namespace crypto::asn1;

TEST(OcspResponder, C08_TheIssuerItselfMayAnswer) {
  for (const bool by_key : {false, true}) {
    response_content c = good();
    c.responder_by_key = by_key;
    c.with_certificates = false;
    EXPECT_TRUE(judge(c, authority()));
  }
}

TEST(OcspResponder, C08_AResponderThatTheIssuerMadeMayAnswer) {
  response_content c = good();
  EXPECT_TRUE(judge(c));
  c.responder_by_key = true;
  EXPECT_TRUE(judge(c));
  c.with_certificates = false;
  SHEP_EXPECT_PROBLEM(judge(c), problems::ocsp_responder);
}

TEST(OcspResponder, C08_AConfiguredResponderMayAnswerForAnyIssuer) {
  auto r = request_for("TEST ELSEWHERE");
  const crypto::identity elsewhere{stranger().key, issued(r, key_name::foreign_root, &stranger()), {}};
  SHEP_EXPECT_PROBLEM(judge(good(), elsewhere), problems::ocsp_responder);
  response_rules rules;
  rules.responders = {elsewhere.certificate};
  EXPECT_TRUE(judge(written(good(), elsewhere), rules));
  SHEP_EXPECT_PROBLEM(judge(written(good(), elsewhere), rules, to_2049 + 1s), problems::ocsp_responder);
  SHEP_EXPECT_PROBLEM(judge(written(good(), {responder().key, elsewhere.certificate, {}}), rules), problems::ocsp_responder);
}

void expect_refused(const crypto::identity& by, std::string_view sentence) {
  const auto refused = judge(good(), by);
  SHEP_EXPECT_PROBLEM(refused, problems::ocsp_responder);
  EXPECT_NE(refused.error().detail.find(sentence), std::string::npos) << refused.error().detail;
}

TEST(OcspResponder, C08_ARevokedResponderMayNot) {
  const std::string serial = "\x44";
  const auto with_serial = [&](bool no_check) {
    return make_responder([&](auto& r) {
      r.serial = serial;
      r.ocsp_no_check = no_check;
    });
  };
  const auto rules_with = [&](const std::vector<crl_content::row>& entries) {
    crl_content c = content();
    c.entries = entries;
    response_rules rules;
    rules.lists = crl_set().with(list_of(c), authority().certificate, "list").value();
    return rules;
  };
  const response_rules revoked = rules_with({{serial, test_now - 1h}}), good_list = rules_with({});
  const std::string octets = written(good(), with_serial(false));
  SHEP_EXPECT_PROBLEM(judge(octets, revoked), problems::ocsp_responder);
  EXPECT_NE(judge(octets, revoked).error().detail.find("revoked"), std::string::npos);
  EXPECT_FALSE(judge(octets, good_list)->responder_unchecked);
  EXPECT_TRUE(judge(octets)->responder_unchecked) << "no list is at hand";
  const std::string unasked = written(good(), with_serial(true));
  EXPECT_TRUE(judge(unasked, revoked)) << "id-pkix-ocsp-nocheck";
  EXPECT_FALSE(judge(unasked)->responder_unchecked);
  EXPECT_FALSE(judge(good(), authority())->responder_unchecked) << "the issuer itself";
}

TEST(OcspResponder, C08_WithoutThePurposeItMayNot) {
  expect_refused(make_responder([](auto& r) { r.extended_key_usage = {"1.3.6.1.5.5.7.3.8"}; }), "OCSPSigning");
  expect_refused(make_responder([](auto& r) { r.extended_key_usage.clear(); }), "OCSPSigning");
  expect_refused(make_responder([](auto& r) {
                   r.is_ca = true;
                   r.extended_key_usage.clear();
                 }),
                 "OCSPSigning");
}

TEST(OcspResponder, C08_AnExpiredCertificateMayNot) {
  expect_refused(make_responder([](auto& r) { r.not_after = test_now - 1s; }), "valid from");
  expect_refused(make_responder([](auto& r) { r.not_before = test_now + 1s; }), "valid from");
  EXPECT_TRUE(judge(good(), make_responder([](auto& r) { r.not_after = test_now; })));
}

/// A responder's certificate with exactly these extensions beside its purpose.
crypto::identity crafted_responder(const std::string& extensions) {
  crypto::crafted::parts p;
  p.issuer = authority().certificate.info().subject_der;
  p.subject = responder().certificate.info().subject_der;
  p.spki = responder().key.public_key().spki();
  p.extensions = crypto::crafted::extension("2.5.29.37", false, write(tags::sequence, write_oid(oids::signing))) + extensions;
  return {responder().key, p.decoded(authority().key).value(), {}};
}

TEST(OcspResponder, C03_C08_AKeyThatMayNotSignDoesNotAnswer) {
  EXPECT_TRUE(judge(good(), crafted_responder("")));
  EXPECT_TRUE(judge(good(), crafted_responder(crypto::crafted::key_usage(1U << 0))));
  EXPECT_TRUE(judge(good(), crafted_responder(crypto::crafted::key_usage(1U << 1))));
  expect_refused(crafted_responder(crypto::crafted::key_usage(1U << 4)), "keyUsage");
  expect_refused(crafted_responder(crypto::crafted::extension("1.2.3.4", true, "")), "critical extension");
}

TEST(OcspResponder, C08_OnlyTheIssuerOfTheCertificateMakesItsResponders) {
  expect_refused(make_responder([](auto&) {}, stranger()), "issued by");
  expect_refused(make_responder([](auto&) {}, impostor()), "not signed by the issuer");
  const crypto::identity below = make_responder([](auto& r) { r.common_name = "TEST BELOW"; }, responder(), key_name::foreign_root);
  expect_refused(below, "issued by");
}

TEST(OcspResponder, C08_TheSignatureHasToBeTheResponders) {
  SHEP_EXPECT_PROBLEM(judge(good(), {stranger().key, responder().certificate, {}}), problems::ocsp_signature);
  SHEP_EXPECT_PROBLEM(judge(good(), {stranger().key, authority().certificate, {}}), problems::ocsp_signature);
}

TEST(OcspResponder, C08_GarbageAmongTheCertificatesIsPassedOver) {
  crypto::identity noisy = responder();
  noisy.others = {stranger().certificate, authority().certificate};
  EXPECT_TRUE(judge(good(), noisy));
  const std::string sound = written(good());
  std::string bent = sound;
  const std::size_t at = bent.find(responder().certificate.der());
  ASSERT_NE(at, std::string::npos);
  bent[at + 9] = '\x7F';  // inside the certificate's version
  SHEP_EXPECT_PROBLEM(judge(bent), problems::ocsp_responder);
}

TEST(OcspResponder, C05_C08_ASha1SignatureProvesNothing) {
  const std::string whole = written(good(), authority());
  const basic_response parts = *read_parts(whole)->basic;
  const auto signature = authority().key.sign(crypto::signature_algorithm::rsa_sha1, parts.tbs).value();
  const std::string basic = write(tags::sequence, std::string(parts.tbs) + algorithm("1.2.840.113549.1.1.5") + write_bit_string(signature));
  const std::string bytes = write(tags::sequence, write_oid(oids::basic) + write(tags::octet_string, basic));
  const std::string weak = write(tags::sequence, write(tags::enumerated, std::string(1, '\0')) + write(tags::context(0, true), bytes));
  SHEP_EXPECT_PROBLEM(judge(weak), problems::ocsp_signature);
  response_rules rules;
  rules.allow_sha1 = true;
  EXPECT_TRUE(judge(weak, rules));
}

}  // namespace
}  // namespace shep::revocation::ocsp
