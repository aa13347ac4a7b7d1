#include "support/gost_pki.hpp"
#include "unit/eds/checked.hpp"

/// Both Kazakh generations in every profile of shep-protocol.md section 4 and kz-eds.md section 3, signed by our own hand and by that of
/// template_signer.hpp.
namespace shep::eds {
namespace {

using namespace test;
using s = sub_indication;

class EveryKind : public ::testing::TestWithParam<key_kind> {
 protected:
  const crypto::identity& who() const { return signer_of(GetParam()); }
  bool weak() const { return GetParam() == key_kind::gost2004; }

  void expect_believed(const std::string& text) const {
    const auto c = check(text, trust_of_every_kind(), everything);
    expect_passed(c);
    EXPECT_EQ(c.v.report.signatures.at(0).algorithm, methods_for(GetParam())->signature.uri);
    EXPECT_EQ(c.v.report.signatures[0].references.at(0).digest_algorithm, methods_for(GetParam())->digest.uri);
    expect_refused(check(replaced(text, "DEMO_SERVICE", "EVIL_SERVICE"), trust_of_every_kind(), everything), s::hash_failure,
                   problems::hash_failure);
  }
  void expect_business_believed(const std::string& text) const {
    expect_passed(check_business(text, trust_of_every_kind(), everything));
    expect_refused(check_business(replaced(text, "000000000000", "000000000001"), trust_of_every_kind(), everything), s::hash_failure,
                   problems::hash_failure);
  }
  message_a by_hand(const std::string& key) const {
    message_a m;
    m.signature = with_methods_of(who(), m.signature);
    m.signature.key_info = key;
    return m;
  }
  signing_by_hand hand() const { return {.who = &who(), .find = {}}; }
  signature_parts business() const { return with_methods_of(who(), business_signature(who().certificate)); }
};

INSTANTIATE_TEST_SUITE_P(Algorithms, EveryKind, ::testing::ValuesIn(every_kind), [](const auto& p) { return word_of(p.param); });

TEST_P(EveryKind, OurTransportSignatureIsBelievedInBothProfiles) {
  for (const auto profile : {transport_profile::key_identifier, transport_profile::issuer_serial})
    expect_believed(signed_message(unsigned_message(), profile, who()));
}

TEST_P(EveryKind, ProfileA) { expect_believed(by_hand(key_identifier(who().certificate)).text(hand())); }
TEST_P(EveryKind, ProfileB) { expect_believed(by_hand(issuer_serial(who().certificate)).text(hand())); }
TEST_P(EveryKind, BinarySecurityToken) {
  message_a m = by_hand(token_uri());
  m.beside = binary_token(who().certificate);
  expect_believed(m.text(hand()));
}
TEST_P(EveryKind, ProfileC) {
  message_parts m;
  m.header = business().text();
  expect_believed(signed_by_hand(m.text(), hand()));
}

TEST_P(EveryKind, PrefixListOfTheNativeLibrary) {
  message_a m = by_hand(key_identifier(who().certificate));
  m.signature.c14n = method("CanonicalizationMethod", uri::exc_c14n, inclusive_namespaces("soap"));
  expect_believed(m.text(hand()));
}

TEST_P(EveryKind, EnvelopedAsJavaWritesIt) {
  expect_business_believed(sign_business(share("<r><uin>000000000000</uin></r>"), who()).value());
  expect_business_believed(signed_by_hand("<r><uin>000000000000</uin>" + business().text() + "</r>", hand()));
}

/// kz-eds.md section 3: the native library writes Id="1" and canonicalizes without comments.
TEST_P(EveryKind, EnvelopedAsTheNativeLibraryWritesIt) {
  signature_parts b = business();
  b.attributes = " Id=\"1\"";
  b.references[0].transforms = method("Transform", uri::enveloped_signature) + method("Transform", uri::c14n);
  expect_business_believed(signed_by_hand("<r><uin>000000000000</uin>" + b.text() + "</r>", hand()));
}

/// kz-eds.md section 3: carriage returns as references, in the values and, as part of SignedInfo, in the digest.
TEST_P(EveryKind, CarriageReturnsInEveryValue) {
  signature_parts b = business();
  const std::string plain = signed_by_hand("<r><uin>000000000000</uin>" + b.text() + "</r>", hand());
  const std::string digest = outer_text(plain, "<ds:DigestValue>", "</ds:DigestValue>");
  b.references[0].digest_value = "<ds:DigestValue>" + broken(digest, 20) + "</ds:DigestValue>";
  b.key_info = key_info("<ds:X509Data><ds:X509Certificate>" + broken(to_base64(who().certificate.der()), 76) +
                        "</ds:X509Certificate></ds:X509Data>");
  std::string text = signed_by_hand("<r><uin>000000000000</uin>" + b.text() + "</r>", hand());
  const std::string value = outer_text(text, "<ds:SignatureValue>", "</ds:SignatureValue>");
  text = replaced(text, value, broken(value, 76));
  expect_business_believed(text);
  // The reference is part of SignedInfo and its canonical form writes &#xD;: without it the signature does not hold.
  const std::string without = replaced(text, b.references[0].digest_value, "<ds:DigestValue>" + digest + "</ds:DigestValue>");
  expect_refused(check_business(without, trust_of_every_kind(), everything), s::sig_crypto_failure, problems::signature_crypto_failure);
}

TEST_P(EveryKind, S32_AKeyOfAnotherKindThanTheAlgorithmIsRefused) {
  for (const key_kind other : every_kind) {
    if (other == GetParam()) continue;
    message_a m = by_hand(key_identifier(who().certificate));
    m.signature.signature_method = method("SignatureMethod", methods_for(other)->signature.uri);
    expect_refused(check(m.text(hand()), trust_of_every_kind(), everything), s::sig_constraints_failure, problems::signature_constraints,
                   "the signature claims");
  }
}

/// Each digest may stand beside each signature: SignedInfo protects the choice.
TEST_P(EveryKind, TheDigestOfAnotherFamilyIsAccepted) {
  message_a m = by_hand(key_identifier(who().certificate));
  m.signature.references[0].digest_method = method("DigestMethod", uri::sha256);
  const auto c = check(m.text(hand()), trust_of_every_kind(), everything);
  expect_passed(c);
}

TEST_P(EveryKind, S45_AValueThatIsCutReversedOrSwappedIsRefused) {
  const std::string text = signed_message(unsigned_message(), transport_profile::key_identifier, who());
  const std::string value = outer_text(text, "<ds:SignatureValue>", "</ds:SignatureValue>");
  const std::string octets = from_base64(value).value();
  const std::size_t half = octets.size() / 2;
  const std::string swapped = octets.substr(half) + octets.substr(0, half);
  for (const std::string& bent : {octets.substr(1), octets + "x", std::string(octets.rbegin(), octets.rend()), swapped,
                                  std::string(octets.size(), '\0'), std::string(octets.size(), '\xFF'), std::string("\x30\x00", 2)}) {
    const auto c = check(replaced(text, value, to_base64(bent)), trust_of_every_kind(), everything);
    expect_refused(c, s::sig_crypto_failure, problems::signature_crypto_failure);
  }
}

TEST(Gost, S31_TheGenerationOf2004IsRefusedWithoutCompatAndReportedAsWeakWithIt) {
  const std::string text = signed_message(unsigned_message(), transport_profile::key_identifier, signer_of(key_kind::gost2004));
  expect_refused(check(text, trust_of_every_kind()), s::sig_constraints_failure, problems::signature_constraints, "weak");
  const auto c = check(text, trust_of_every_kind(), {.compat = true});
  expect_passed(c);
  const auto warned = std::count_if(c.v.report.findings.begin(), c.v.report.findings.end(), [](const finding& f) {
    return f.level == finding::severity::warning && f.detail.find("is weak") != std::string::npos;
  });
  EXPECT_EQ(warned, 2) << "the signature's algorithm and the digest's\n" << c.told();
}

TEST(Gost, S31_TheInferredAlgorithmIsRefusedUnlessAllowed) {
  const std::string text = signed_message(unsigned_message(), transport_profile::key_identifier, signer_of(key_kind::gost2015_256));
  expect_refused(check(text, trust_of_every_kind()), s::sig_constraints_failure, problems::signature_constraints, "inferred");
  expect_refused(check(text, trust_of_every_kind(), {.compat = true}), s::sig_constraints_failure, problems::signature_constraints,
                 "inferred");
  expect_passed(check(text, trust_of_every_kind(), {.gost2015_256 = true}));
}

TEST(Gost, S31_IdentifiersAreTakenByExactString) {
  const std::string base = "urn:ietf:params:xml:ns:pkigovkz:xmlsec:algorithms:";
  EXPECT_TRUE(find_signature_method(base + "gostr34102015-gostr34112015-512"));
  EXPECT_TRUE(find_signature_method(base + "gostr34102015-gostr34112015-256"));
  EXPECT_TRUE(find_signature_method("http://www.w3.org/2001/04/xmldsig-more#gost34310-gost34311"));
  EXPECT_TRUE(find_digest_method(base + "gostr34112015-512"));
  EXPECT_TRUE(find_digest_method(base + "gostr34112015-256"));
  EXPECT_TRUE(find_digest_method("http://www.w3.org/2001/04/xmldsig-more#gost34311"));
  for (const std::string& odd :
       {base + "gostr34102015-gostr34112015-512 ", base + "gostr34102012-gostr34112012-512", base + "GOSTR34102015-GOSTR34112015-512",
        std::string("urn:ietf:params:xml:ns:cpxmlsec:algorithms:gostr34102012-gostr34112012-512"),
        std::string("http://www.w3.org/2001/04/xmldsig-more#gostr34102001-gostr3411")})
    EXPECT_FALSE(find_signature_method(odd)) << odd;
}

TEST(Gost, S31_Sha1InBothSpellingsIsWeakAndNeverMore) {
  for (const std::string space : {"http://www.w3.org/2000/09/xmldsig#", "http://www.w3.org/2001/04/xmldsig-more#"}) {
    ASSERT_TRUE(find_signature_method(space + "rsa-sha1"));
    EXPECT_TRUE(find_signature_method(space + "rsa-sha1")->weak);
    ASSERT_TRUE(find_digest_method(space + "sha1"));
    EXPECT_TRUE(find_digest_method(space + "sha1")->weak);
  }
}

}  // namespace
}  // namespace shep::eds
