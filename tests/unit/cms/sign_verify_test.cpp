#include "unit/cms/world.hpp"

/// What we sign we believe, whoever signs and however; and the report says who and what.
namespace shep::cms {
namespace {

class EachKind : public testing::TestWithParam<key_kind> {};

TEST_P(EachKind, AttachedContentComesBackAndIsBelieved) {
  const std::string cms = signed_by(signer_of(GetParam()));
  const verification v = judged(cms);
  ASSERT_TRUE(v.passed) << eds::to_text(v.report);
  EXPECT_EQ(v.report.verdict, eds::indication::total_passed);
  EXPECT_EQ(v.content, content);
  ASSERT_EQ(v.signers.size(), 1U);
  EXPECT_EQ(v.signers[0].certificate->sha256(), signer_of(GetParam()).certificate.sha256());
  ASSERT_EQ(v.signers[0].chain.size(), 2U);
  EXPECT_EQ(v.signers[0].chain[1].sha256(), test_root().certificate.sha256());
  EXPECT_EQ(v.signers[0].signing_time, test_now);
  EXPECT_EQ(v.signers[0].judged_at, test_now);
  EXPECT_FALSE(v.signers[0].stamp);
  ASSERT_EQ(v.report.signatures.size(), 1U);
  const eds::signature_report& s = v.report.signatures[0];
  EXPECT_EQ(s.layer, "cms");
  EXPECT_EQ(s.profile, "CAdES-BES attached");
  EXPECT_EQ(s.location.xpath, "signerInfos[0]");
  EXPECT_EQ(s.signing_time, test_now);
  ASSERT_EQ(s.references.size(), 1U);
  EXPECT_TRUE(s.references[0].matches);
  EXPECT_EQ(s.references[0].canonical_length, content.size());
  EXPECT_EQ(v.report.covered, std::vector<std::string>{"eContent"});
  EXPECT_EQ(extract(cms).value(), content);
}

TEST_P(EachKind, DetachedContentIsNeededAndHasToBeTheSame) {
  signing how = ordinary();
  how.detached = true;
  const std::string cms = signed_by(signer_of(GetParam()), how);
  EXPECT_TRUE(judged(cms, content).passed);
  EXPECT_EQ(judged(cms, content).report.signatures[0].profile, "CAdES-BES detached");
  EXPECT_FALSE(judged(cms, content).content);
  EXPECT_REFUSED(judged(cms, content + " "), hash_failure, hash_failure);
  EXPECT_REFUSED(judged(cms, ""), hash_failure, hash_failure);
  EXPECT_REFUSED(judged(cms), signed_data_not_found, cms_content);
  EXPECT_EQ(extract(cms).error().code, problems::cms_content);
}

TEST_P(EachKind, SmallestFormsAreBelievedToo) {
  signing how;
  how.signing_certificate = false;
  const verification bare = judged(signed_by(signer_of(GetParam()), how));
  EXPECT_TRUE(bare.passed);
  EXPECT_EQ(bare.report.signatures[0].profile, "CMS attached");
  EXPECT_FALSE(bare.signers[0].signing_time);
  how.key_identifier = true;
  const std::string by_key = signed_by(signer_of(GetParam()), how);
  EXPECT_TRUE(judged(by_key).passed);
  EXPECT_EQ(signed_data::read(by_key).value().version(), 3U);
  how.key_oid_as_algorithm = true;
  const verification old_form = judged(signed_by(signer_of(GetParam()), how));
  EXPECT_TRUE(old_form.passed) << eds::to_text(old_form.report);
}

TEST_P(EachKind, EmptyAndLargeContent) {
  for (const std::size_t size : {0U, 1U, 127U, 128U, 65536U, 3'000'000U}) {
    const std::string octets(size, 'x');
    const std::string cms = sign(octets, {signer_of(GetParam())}, ordinary()).value();
    const verification v = judged(cms);
    EXPECT_TRUE(v.passed) << size;
    EXPECT_EQ(v.content, octets);
  }
}

TEST_P(EachKind, S46_AnotherContentIsAHashFailureWithBothDigests) {
  std::string cms = signed_by(signer_of(GetParam()));
  cms[cms.find(content)] ^= 1;
  const verification v = judged(cms);
  EXPECT_REFUSED(v, hash_failure, hash_failure);
  EXPECT_EQ(v.report.verdict, eds::indication::total_failed);
  EXPECT_NE(v.report.signatures[0].references[0].declared, v.report.signatures[0].references[0].computed);
  EXPECT_EQ(v.report.uncovered, std::vector<std::string>{"eContent"});
}

TEST_P(EachKind, AKeyOfAnotherPersonIsACryptoFailure) {
  const auto stranger = GetParam() == key_kind::rsa ? rsa_key(key_name::other) : crypto::private_key::generate(GetParam()).value();
  const crypto::identity forged{stranger, signer_of(GetParam()).certificate, {}};
  EXPECT_REFUSED(judged(signed_by(forged)), sig_crypto_failure, signature_crypto_failure);
}

TEST_P(EachKind, ASignerCanBeAddedWithoutTouchingTheFirst) {
  for (const key_kind second : {key_kind::rsa, GetParam()}) {
    const std::string one = signed_by(signer_of(GetParam()));
    const crypto::identity other = identity_of({.kind = second, .common_name = "TEST SECOND"});
    const std::string two = add_signer(one, std::nullopt, other, ordinary()).value();
    const auto before = signed_data::read(one).value();
    const auto after = signed_data::read(two).value();
    ASSERT_EQ(after.signers().size(), 2U);
    EXPECT_EQ(after.signers()[0].whole, before.signers()[0].whole);
    EXPECT_EQ(after.encapsulated(), before.encapsulated());
    EXPECT_EQ(after.certificates()[0], before.certificates()[0]);
    const verification v = judged(two);
    EXPECT_TRUE(v.passed) << eds::to_text(v.report);
    ASSERT_EQ(v.signers.size(), 2U);
    EXPECT_EQ(v.signers[1].certificate->info().common_name, "TEST SECOND");
    EXPECT_EQ(v.report.signatures[1].location.xpath, "signerInfos[1]");
  }
}

INSTANTIATE_TEST_SUITE_P(Kinds, EachKind, testing::Values(key_kind::rsa, key_kind::gost2015_512, key_kind::gost2004), [](const auto& kind) {
  return kind.param == key_kind::rsa ? "Rsa" : kind.param == key_kind::gost2004 ? "Gost2004" : "Gost2015";
});

TEST(CmsSigners, AllKindsSignOneContentTogether) {
  const std::vector<crypto::identity> all{signer_of(key_kind::rsa), signer_of(key_kind::gost2015_512), signer_of(key_kind::gost2004)};
  const verification v = judged(sign(content, all, ordinary()).value());
  ASSERT_TRUE(v.passed) << eds::to_text(v.report);
  ASSERT_EQ(v.signers.size(), 3U);
  for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(v.signers[i].certificate->sha256(), all[i].certificate.sha256());
}

TEST(CmsSigners, TheVerdictIsThatOfTheWorst) {
  const crypto::identity good = signer();
  const crypto::identity expired = identity_of({.common_name = "TEST EXPIRED", .not_after = test_now - 1h});
  const crypto::identity unknown = identity_of({.common_name = "TEST UNKNOWN", .by = &foreign_root()});
  const crypto::identity logging_in = identity_of({.common_name = "TEST AUTH", .role = crypto::key_usage_role::auth});

  const verification undecided = judged(sign(content, {good, unknown}, ordinary()).value());
  EXPECT_REFUSED(undecided, no_certificate_chain_found, signing_certificate_invalid);
  EXPECT_EQ(undecided.report.verdict, eds::indication::indeterminate);
  EXPECT_TRUE(undecided.signers[0].passed);
  EXPECT_FALSE(undecided.signers[1].passed);

  const verification failed = judged(sign(content, {unknown, expired, good}, ordinary()).value());
  EXPECT_REFUSED(failed, expired, signing_certificate_invalid);
  EXPECT_EQ(failed.report.verdict, eds::indication::total_failed);

  EXPECT_REFUSED(judged(sign(content, {good, logging_in}, ordinary()).value()), chain_constraints_failure, signing_certificate_usage);
}

TEST(CmsSigners, C01_TheCertificateIsJudgedAtTheGivenTimeToTheSecond) {
  const std::string cms = signed_by(signer());
  EXPECT_TRUE(judged(cms, std::nullopt, test_now + 24h).passed);
  EXPECT_REFUSED(judged(cms, std::nullopt, test_now + 24h + 1s), expired, signing_certificate_invalid);
  EXPECT_TRUE(judged(cms, std::nullopt, test_now - 24h).passed);
  EXPECT_REFUSED(judged(cms, std::nullopt, test_now - 24h - 1s), not_yet_valid, signing_certificate_invalid);
}

TEST(CmsSigners, S42_TheKeyComesFromACertificateThatChainsToAnAnchor) {
  const crypto::trust_store nobody({});
  EXPECT_REFUSED(verify(signed_by(signer()), std::nullopt, nobody, compat(), test_now), no_certificate_chain_found,
                 signing_certificate_invalid);
}

TEST(CmsSigners, NobodyIsNotASignature) {
  signed_data read = signed_data::read(signed_by(signer())).value();
  std::string cms = read.der();
  const std::string_view signer_octets = read.signers()[0].whole;
  // signerInfos is the last element: an empty SET in its place, and the lengths around it.
  using namespace crypto::asn1;
  const std::string body = write_small(1) + std::string(read.digest_algorithms()) + std::string(read.encapsulated()) +
                           std::string(read.certificate_set()) + write(tags::set, "");
  static_cast<void>(signer_octets);
  const std::string empty = write(tags::sequence, write_oid(oid::signed_data) + write(tags::context(0, true), write(tags::sequence, body)));
  EXPECT_REFUSED(judged(empty), no_signature_found, signature_missing);
}

TEST(CmsSigners, AKnownCertificateServesWhenTheSetIsEmpty) {
  signed_data read = signed_data::read(signed_by(signer())).value();
  using namespace crypto::asn1;
  const std::string body =
      write_small(1) + std::string(read.digest_algorithms()) + std::string(read.encapsulated()) + write(tags::set, read.signers()[0].whole);
  const std::string bare = write(tags::sequence, write_oid(oid::signed_data) + write(tags::context(0, true), write(tags::sequence, body)));
  EXPECT_REFUSED(judged(bare), no_signing_certificate_found, signing_certificate_missing);
  const verification v = verify(bare, std::nullopt, trust(), compat(), test_now);
  EXPECT_TRUE(v.passed) << eds::to_text(v.report);
}

TEST(CmsSigning, RefusesWhatCannotBe) {
  EXPECT_EQ(sign(content, {}, ordinary()).error().code, problems::usage);
  EXPECT_EQ(sign(content, std::vector<crypto::identity>(33, signer()), ordinary()).error().code, problems::usage);
  signing detached = ordinary();
  detached.detached = true;
  const std::string cms = signed_by(signer(), detached);
  EXPECT_EQ(add_signer(cms, std::nullopt, signer(), ordinary()).error().code, problems::cms_content);
  EXPECT_TRUE(judged(add_signer(cms, content, signer(), ordinary()).value(), content).passed);
  EXPECT_EQ(add_signer(signed_by(signer()), "other", signer(), ordinary()).error().code, problems::cms_content);
  EXPECT_EQ(add_signer("x", std::nullopt, signer(), ordinary()).error().code, problems::cms_format);
}

TEST(CmsSigning, SignedAttributesStandInDerOrder) {
  const auto read = signed_data::read(signed_by(signer())).value();
  const auto& attributes = read.signers()[0].signed_attributes;
  ASSERT_EQ(attributes.size(), 4U);
  for (std::size_t i = 1; i < attributes.size(); ++i) EXPECT_LT(attributes[i - 1].whole, attributes[i].whole);
  EXPECT_EQ(read.certificates().size(), 1U) << "the leaf alone";
}

TEST(CmsInput, TravelsAsDerBase64AndPem) {
  const std::string der = signed_by(signer());
  std::string base64 = to_base64(der);
  EXPECT_TRUE(judged(base64).passed);
  for (std::size_t at = 76; at < base64.size(); at += 78) base64.insert(at, "\r\n");
  EXPECT_TRUE(judged(base64).passed);
  EXPECT_TRUE(judged(to_pem(der)).passed);
  for (const std::string label : {"CMS", "PKCS7", "PKCS #7 SIGNED DATA"})
    EXPECT_TRUE(judged("a note\n-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n").passed) << label;
  for (const std::string& wrong : {std::string(), std::string("M"), "-----BEGIN CMS-----\n" + base64, to_pem(der) + to_pem(der),
                                   "-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n", base64 + "!", der + '\0',
                                   to_base64(der + '\0'), std::string("\x30\x00", 2), std::string("\x30\x80", 2)})
    EXPECT_REFUSED(judged(wrong), format_failure, cms_format);
}

}  // namespace
}  // namespace shep::cms
