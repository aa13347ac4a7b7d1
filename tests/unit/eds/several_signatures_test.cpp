#include "support/gost_pki.hpp"
#include "unit/eds/checked.hpp"

/// kz-eds.md section 3: several signatures in one document. Each covers the document with the signatures that stood there before it, so
/// the last is verified, left out, and so on.
namespace shep::eds {
namespace {

using namespace test;
using s = sub_indication;

const std::string unsigned_request = "<r:request xmlns:r=\"urn:demo\">\n  <uin>000000000000</uin>\n</r:request>";

std::string signed_also(const std::string& text, const crypto::identity& who) {
  return sign_business(share(text), who, {.earlier = earlier_signatures::keep, .id = {}}).value();
}

std::string signed_by_all(std::initializer_list<key_kind> kinds) {
  std::string text = unsigned_request;
  for (const key_kind kind : kinds) text = signed_also(text, signer_of(kind));
  return text;
}

checked_business verdict(const std::string& text) { return check_business(text, trust_of_every_kind(), everything); }

/// The signature elements of the text, in order.
std::vector<std::string> signatures_in(const std::string& text) {
  std::vector<std::string> found;
  for (std::size_t at = 0; (at = text.find("<ds:Signature ", at)) != std::string::npos;) {
    const std::size_t end = text.find("</ds:Signature>", at) + 15;
    found.push_back(text.substr(at, end - at));
    at = end;
  }
  return found;
}

std::string with_signatures(const std::vector<std::string>& all) {
  std::string joined;
  for (const std::string& one : all) joined += one;
  return replaced(unsigned_request, "</r:request>", joined + "</r:request>");
}

TEST(SeveralSignatures, TwoSignersAreBothBelievedWhateverTheirAlgorithms) {
  for (const key_kind first : every_kind)
    for (const key_kind second : every_kind) {
      const auto c = verdict(signed_by_all({first, second}));
      SCOPED_TRACE(word_of(first) + " then " + word_of(second));
      expect_passed(c);
      ASSERT_EQ(c.v.report.signatures.size(), 2u);
      EXPECT_EQ(c.v.report.signatures[0].certificate->common_name, "TEST SIGNER " + word_of(first));
      EXPECT_EQ(c.v.report.signatures[1].certificate->common_name, "TEST SIGNER " + word_of(second));
      EXPECT_EQ(c.v.signers.at(0).certificate->der(), signer_of(first).certificate.der());
      ASSERT_EQ(c.v.signers.at(1).chain.size(), 2u);
    }
}

TEST(SeveralSignatures, ThreeSignersAreBelieved) {
  const auto c = verdict(signed_by_all({key_kind::gost2015_512, key_kind::rsa, key_kind::gost2004}));
  expect_passed(c);
  EXPECT_EQ(c.v.report.signatures.size(), 3u);
  EXPECT_EQ(c.v.report.covered, std::vector<std::string>{"/r:request[1]"});
  EXPECT_TRUE(c.v.report.uncovered.empty());
}

/// What a verifier without the rule computes: every signature over the document without itself, and without nothing else.
TEST(SeveralSignatures, JudgedIndependentlyTheFirstOfTwoWouldFail) {
  const auto d = admitted(signed_by_all({key_kind::rsa, key_kind::gost2015_512}));
  const auto signatures = d.root().children({ns::ds, "Signature"});
  ASSERT_EQ(signatures.size(), 2u);
  const auto declared = xml::text_of(signatures[0].first_child().child({ns::ds, "Reference"}).child({ns::ds, "DigestValue"}));
  const std::string naive = canonical_octets(d, d.root(), std::string(uri::c14n), true, {}, signatures[0]);
  EXPECT_NE(to_base64(crypto::digest(crypto::digest_algorithm::sha256, naive)), declared);
}

/// The rule by other hands: what is left when the last signature is cut out of the text is what the earlier signer signed.
TEST(SeveralSignatures, CuttingTheLastOneOutLeavesTheDocumentOfTheFirst) {
  const std::string one = signed_by_all({key_kind::rsa});
  const std::string two = signed_also(one, signer_of(key_kind::gost2015_512));
  EXPECT_EQ(replaced(two, signatures_in(two).at(1), ""), one);
  expect_passed(verdict(one));
}

TEST(SeveralSignatures, ChangedContentFailsEveryOne) {
  const auto c = verdict(replaced(signed_by_all({key_kind::rsa, key_kind::gost2015_512}), "000000000000", "000000000001"));
  expect_refused(c, s::hash_failure, problems::hash_failure);
  for (const auto& one : c.v.report.signatures) EXPECT_EQ(name_of(one.reason), "HASH_FAILURE");
}

TEST(SeveralSignatures, ABrokenMiddleOneFailsItselfAndTheOneThatCoversIt) {
  const std::string text = signed_by_all({key_kind::rsa, key_kind::gost2015_512, key_kind::rsa});
  auto all = signatures_in(text);
  std::string value = all[1].substr(all[1].find("<ds:SignatureValue>") + 19, 8);
  all[1] = replaced(all[1], value, value[0] == 'A' ? "B" + value.substr(1) : "A" + value.substr(1));
  const auto c = verdict(with_signatures(all));
  expect_refused(c, s::hash_failure, problems::hash_failure);
  ASSERT_EQ(c.v.report.signatures.size(), 3u);
  EXPECT_EQ(name_of(c.v.report.signatures[0].verdict), "TOTAL_PASSED") << "what the first signed was not touched";
  EXPECT_EQ(name_of(c.v.report.signatures[1].reason), "SIG_CRYPTO_FAILURE");
  EXPECT_EQ(name_of(c.v.report.signatures[2].reason), "HASH_FAILURE");
}

TEST(SeveralSignatures, AMalformedOneDoesNotHideTheVerdictOnTheOthers) {
  auto all = signatures_in(signed_by_all({key_kind::rsa, key_kind::gost2015_512}));
  all[1] = replaced(all[1], "<ds:KeyInfo>", "<x/><ds:KeyInfo>");
  const auto c = verdict(with_signatures(all));
  EXPECT_FALSE(c.v.passed);
  ASSERT_EQ(c.v.report.signatures.size(), 2u);
  EXPECT_EQ(name_of(c.v.report.signatures[0].verdict), "TOTAL_PASSED");
  EXPECT_EQ(name_of(c.v.report.signatures[1].reason), "FORMAT_FAILURE") << c.told();
}

TEST(SeveralSignatures, ARemovedOneIsMissedByTheLaterAndNotByTheEarlier) {
  const auto all = signatures_in(signed_by_all({key_kind::rsa, key_kind::gost2015_512, key_kind::rsa}));
  expect_passed(verdict(with_signatures({all[0], all[1]})));
  expect_passed(verdict(with_signatures({all[0]})));
  expect_refused(verdict(with_signatures({all[0], all[2]})), s::hash_failure, problems::hash_failure);
  expect_refused(verdict(with_signatures({all[1]})), s::hash_failure, problems::hash_failure);
}

TEST(SeveralSignatures, ReorderedOnesFail) {
  const auto all = signatures_in(signed_by_all({key_kind::rsa, key_kind::gost2015_512}));
  expect_refused(verdict(with_signatures({all[1], all[0]})), s::hash_failure, problems::hash_failure);
}

TEST(SeveralSignatures, TheSameOneTwiceFails) {
  const auto one = signatures_in(signed_by_all({key_kind::rsa})).at(0);
  const auto c = verdict(with_signatures({one, one}));
  expect_refused(c, s::hash_failure, problems::hash_failure);
}

TEST(SeveralSignatures, TheVerdictIsThatOfTheWorst) {
  const auto foreign = make_identity({.key = key_name::other, .by = &foreign_root()});
  const std::string text = signed_also(signed_also(unsigned_request, signer_of(key_kind::gost2015_512)), foreign);
  const auto c = verdict(text);
  EXPECT_FALSE(c.v.passed);
  EXPECT_EQ(name_of(c.v.report.verdict), "INDETERMINATE");
  EXPECT_EQ(name_of(c.v.report.reason), "NO_CERTIFICATE_CHAIN_FOUND");
  EXPECT_EQ(name_of(c.v.report.signatures.at(0).verdict), "TOTAL_PASSED");
  EXPECT_EQ(c.v.failure.code, problems::signing_certificate_invalid);
}

TEST(SeveralSignatures, ElementsBetweenThemAreRefused) {
  const auto all = signatures_in(signed_by_all({key_kind::rsa, key_kind::gost2015_512}));
  for (const std::vector<std::string>& order :
       {std::vector<std::string>{all[0], "<x/>", all[1]}, std::vector<std::string>{all[0], all[1], "<x/>"}})
    expect_refused(verdict(with_signatures(order)), s::sig_constraints_failure, problems::signature_constraints, "last child");
}

TEST(SeveralSignatures, EightAreJudgedAndNineRefused) {
  std::string text = unsigned_request;
  for (int i = 0; i < 8; ++i) text = signed_also(text, signer_of(key_kind::rsa));
  const auto eight = verdict(text);
  expect_passed(eight);
  EXPECT_EQ(eight.v.report.signatures.size(), 8u);
  expect_refused(verdict(signed_also(text, signer_of(key_kind::rsa))), s::sig_constraints_failure, problems::signature_constraints,
                 "more than eight");
}

TEST(SeveralSignatures, InlinePayloadIsJudgedDetached) {
  request_parts parts;
  parts.data = "<data>" + signed_by_all({key_kind::gost2015_512, key_kind::rsa}) + "</data>";
  const auto d = admitted(unsigned_message(parts.wrapper()));
  xml::element data = d.root();
  while (data && data.local_name() != "data") data = data.next_in_document(d.root());
  const auto v = verify_business(data.first_child(), trust_of_every_kind(), everything, test_now);
  EXPECT_TRUE(v.passed) << to_text(v.report);
  ASSERT_EQ(v.report.signatures.size(), 2u);
  for (const auto& one : v.report.signatures) EXPECT_EQ(one.profile, "enveloped, verified detached");
}

TEST(SeveralSignatures, ReplacingLeavesOursAlone) {
  const auto c =
      verdict(sign_business(share(signed_by_all({key_kind::rsa, key_kind::gost2004})), signer_of(key_kind::gost2015_512)).value());
  expect_passed(c);
  EXPECT_EQ(c.v.report.signatures.size(), 1u);
}

TEST(SeveralSignatures, EveryOctetOfTheEarlierOnesStays) {
  const std::string one = signed_by_all({key_kind::gost2015_512});
  const std::string two = signed_also(one, signer_of(key_kind::rsa));
  EXPECT_EQ(signatures_in(two).at(0), signatures_in(one).at(0));
}

}  // namespace
}  // namespace shep::eds
