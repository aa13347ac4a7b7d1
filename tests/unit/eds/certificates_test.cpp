#include "unit/eds/checked.hpp"

namespace shep::eds {
namespace {

using namespace test;
using s = sub_indication;

checked by(const crypto::identity& who, time_point at = test_now, const crypto::trust_store& store = trust()) {
  message_a m;
  m.signature.key_info = key_identifier(who.certificate);
  return check(m.text({.who = &who, .find = {}}), store, {}, at);
}

TEST(Certificates, ExpiredSignerIsToldSo) {
  const auto c = by(make_identity({.not_before = test_now - 48h, .not_after = test_now - 24h}));
  expect_refused(c, s::expired, problems::signing_certificate_invalid);
  EXPECT_EQ(c.v.report.verdict, indication::total_failed);
  ASSERT_TRUE(c.v.report.signatures.at(0).certificate.has_value());
  EXPECT_EQ(c.v.report.signatures[0].certificate->common_name, "TEST SIGNER");
  EXPECT_TRUE(c.v.report.signatures[0].references.at(0).matches) << "only the certificate is wrong";
}

TEST(Certificates, SignerOfTheFutureIsToldSo) {
  expect_refused(by(make_identity({.not_before = test_now + 24h, .not_after = test_now + 48h})), s::not_yet_valid,
                 problems::signing_certificate_invalid);
}

TEST(Certificates, ForeignSignerIsUndecided) {
  const auto c = by(make_identity({.key = key_name::other, .by = &foreign_root()}));
  expect_refused(c, s::no_certificate_chain_found, problems::signing_certificate_invalid);
  EXPECT_EQ(c.v.report.verdict, indication::indeterminate);
}

TEST(Certificates, SignerWhoseIssuerOnlyBearsATrustedNameIsRefused) {
  const auto& key = rsa_key(key_name::foreign_root);
  crypto::certificate_request r;
  r.common_name = "TEST ROOT";
  r.is_ca = true;
  r.not_before = test_now - 24h;
  r.not_after = test_now + 24h;
  const crypto::issuer impostor{crypto::issue(r, key.public_key(), nullptr, key).value(), key};
  expect_refused(by(make_identity({.key = key_name::other, .by = &impostor})), s::no_certificate_chain_found,
                 problems::signing_certificate_invalid);
}

/// kz-eds.md section 4: an AUTH key is for logging in.
TEST(Certificates, C04_AuthCertificateIsRefusedAsSigner) {
  const auto who = make_identity({.common_name = "TEST AUTH", .role = crypto::key_usage_role::auth});
  expect_refused(by(who), s::chain_constraints_failure, problems::signing_certificate_usage, "AUTH");
  const auto business = check_business(sign_business(share("<a/>"), who).value());
  expect_refused(business, s::chain_constraints_failure, problems::signing_certificate_usage, "AUTH");
}

TEST(Certificates, ValidityIsJudgedAtTheGivenMoment) {
  const auto who = make_identity({.not_before = test_now - 24h, .not_after = test_now + 24h});
  expect_passed(by(who, test_now - 24h));
  expect_passed(by(who, test_now + 24h));
  expect_refused(by(who, test_now - 24h - 1s), s::not_yet_valid, problems::signing_certificate_invalid);
  expect_refused(by(who, test_now + 24h + 1s), s::expired, problems::signing_certificate_invalid);
}

TEST(Certificates, UnknownIssuerAndSerialIsUndecidedAndSaysWhatToConfigure) {
  const auto stranger = make_identity({.common_name = "TEST STRANGER", .key = key_name::other});
  message_a m;
  m.signature.key_info = issuer_serial(stranger.certificate);
  const auto c = check(m.text({.who = &stranger, .find = {}}));
  expect_refused(c, s::no_signing_certificate_found, problems::signing_certificate_missing, stranger.certificate.info().serial_decimal);
  EXPECT_EQ(c.v.report.verdict, indication::indeterminate);
  EXPECT_FALSE(c.v.failure.hint.empty());
}

TEST(Certificates, IssuerNameOfAMessageMayBeWrittenInEitherOrder) {
  const std::string text = "CN=TEST ROOT, C=KZ", reverse = "C=KZ,CN=TEST ROOT";
  for (const std::string& name : {text, reverse}) {
    message_a m;
    m.signature.key_info = replaced(issuer_serial(signer().certificate), signer().certificate.info().issuer, name);
    expect_passed(check(m.text()));
  }
}

TEST(Certificates, SerialOfAnotherFormIsRefused) {
  for (const std::string serial : {"", "0x1F", "-5", "12 34", "1e5", "99999999999999999999999999999999999999999999999999999"}) {
    message_a m;
    m.signature.key_info = replaced(issuer_serial(signer().certificate), signer().certificate.info().serial_decimal, serial);
    expect_refused(check(m.text()), s::format_failure, problems::signature_format);
  }
}

TEST(Certificates, AuthorityThatMaySignCertificatesOnlyIsRefusedAsSigner) {
  const crypto::identity root{test_root().key, test_root().certificate, {}};
  expect_refused(by(root), s::chain_constraints_failure, problems::signing_certificate_usage, "keyUsage");
}

/// shep-protocol.md section 2.3: missing before invalid before certificate.
TEST(Certificates, WrongSignatureWinsOverAWrongCertificate) {
  const auto expired = make_identity({.not_before = test_now - 48h, .not_after = test_now - 24h});
  message_a m;
  m.signature.key_info = key_identifier(expired.certificate);
  const auto c = check(replaced(m.text({.who = &expired, .find = {}}), "DEMO_SERVICE", "EVIL_SERVICE"));
  expect_refused(c, s::hash_failure, problems::hash_failure);
}

}  // namespace
}  // namespace shep::eds
