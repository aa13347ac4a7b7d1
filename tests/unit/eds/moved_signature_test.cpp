#include "crypto/issue.hpp"
#include "support/gost_pki.hpp"
#include "unit/eds/checked.hpp"

/// A signature as a knife: standing in the middle of what somebody else signed, it would be left out of the digest and read by programs.
namespace shep::eds {
namespace {

using namespace test;
using s = sub_indication;

const std::string signature_end = "</ds:Signature>";

checked_business look_strictly(const std::string& text) {
  checked_business c;
  c.document = std::make_unique<xml::document>(admitted(text));
  c.v = verify_document(*c.document, trust_of_every_kind(), {}, test_now);
  return c;
}

std::string signed_part(const std::string& text, const std::string& id, key_kind kind) {
  return sign_business(share(text), signer_of(kind), {.earlier = earlier_signatures::keep, .id = id}).value();
}

/// Cuts the last signature out of the text and gives it back.
std::string take_signature(std::string& text) {
  const std::size_t begin = text.rfind("<ds:Signature ");
  const std::size_t end = text.find(signature_end, begin) + signature_end.size();
  std::string out = text.substr(begin, end - begin);
  text.erase(begin, end - begin);
  return out;
}

bool warned_of(const checked_business& c, const problem_code& code) {
  const auto& all = c.v.report.findings;
  return std::any_of(all.begin(), all.end(),
                     [&](const finding& f) { return f.code == code.name && f.level == finding::severity::warning; });
}

const std::string payment = "<all><pay Id=\"x\"><amount>1000</amount></pay><note Id=\"y\">n</note></all>";

TEST(MovedSignature, X13_AnotherSignatureMayNotCutTheTextOfASignedElement) {
  std::string text = signed_part(payment, "x", key_kind::rsa);
  const std::string alice = take_signature(text);
  text = signed_part(text, "y", key_kind::gost2015_512);
  const std::string mallory = take_signature(text);
  expect_passed(look_strictly(replaced(text, "<all>", "<all>" + alice + mallory)));

  const std::string cut = replaced(replaced(text, "<all>", "<all>" + alice), "1000", "1" + mallory + "000");
  expect_refused(look_strictly(cut), s::sig_constraints_failure, problems::signature_constraints, "a later signature stands inside");
  const std::string beside = replaced(replaced(text, "<all>", "<all>" + alice), "<amount>", mallory + "<amount>");
  expect_refused(look_strictly(beside), s::sig_constraints_failure, problems::signature_constraints, "a later signature stands inside");
}

TEST(MovedSignature, X13_NoTextMayStandBehindAnEnvelopedSignature) {
  std::string text = sign_business(share("<amount>1000</amount>"), signer_of(key_kind::rsa)).value();
  const std::string own = take_signature(text);
  expect_passed(look_strictly(replaced(text, "1000", "1000" + own)));
  expect_refused(look_strictly(replaced(text, "1000", "1" + own + "000")), s::sig_constraints_failure, problems::signature_constraints,
                 "last child");
  const auto message_part = check_business(replaced(text, "1000", "1" + own + "000"), trust_of_every_kind());
  expect_refused(message_part, s::sig_constraints_failure, problems::signature_constraints, "last child");
}

TEST(MovedSignature, S13_AnIdBelowAPrefixThatLooksLikeADeclarationCounts) {
  const std::string text = signed_part(payment, "x", key_kind::rsa);
  const std::string twin = "<pay xmlns:xmlnsq=\"urn:q\" xmlnsq:Id=\"x\"><amount>9</amount></pay>";
  expect_refused(look_strictly(replaced(text, "<all>", "<all>" + twin)), s::signed_data_not_found, problems::signed_data_not_found,
                 "carried by");
}

TEST(MovedSignature, S35_KeyNameAndKeyValueHoldNothingOfAnotherKind) {
  const std::string text = sign_business(share("<a/>"), signer_of(key_kind::rsa)).value();
  const auto with = [&](const std::string& inside) { return look_strictly(replaced(text, "<ds:KeyInfo>", "<ds:KeyInfo>" + inside)); };
  expect_passed(with("<ds:KeyName>somebody</ds:KeyName>"));
  expect_passed(with("<ds:KeyValue><ds:RSAKeyValue><ds:Modulus>AQ==</ds:Modulus></ds:RSAKeyValue></ds:KeyValue>"));
  for (const char* inside : {"<ds:KeyName><evil/></ds:KeyName>", "<ds:KeyValue><evil xmlns=\"urn:e\"/></ds:KeyValue>",
                             "<ds:KeyValue><ds:RSAKeyValue><evil/></ds:RSAKeyValue></ds:KeyValue>"})
    expect_refused(with(inside), s::sig_constraints_failure, problems::signature_constraints, "inside KeyInfo");
}

TEST(MovedSignature, S18_PartialCoverageIsToldEvenWhereEverythingHolds) {
  const auto part = look_strictly(signed_part(payment, "x", key_kind::rsa));
  expect_passed(part);
  EXPECT_TRUE(warned_of(part, problems::partial_coverage));
  const auto whole = look_strictly(sign_business(share(payment), signer_of(key_kind::rsa)).value());
  expect_passed(whole);
  EXPECT_FALSE(warned_of(whole, problems::partial_coverage));
}

TEST(MovedSignature, S18_ASignatureThatNobodyJudgedIsToldOf) {
  const std::string inner = sign_business(share("<doc>1</doc>"), signer_of(key_kind::rsa)).value();
  const std::string message =
      signed_message("<soap:Envelope xmlns:soap=\"http://schemas.xmlsoap.org/soap/envelope/\"><soap:Header/><soap:Body>" + inner +
                         "</soap:Body></soap:Envelope>",
                     transport_profile::key_identifier, signer_of(key_kind::rsa));
  auto c = look_strictly(message);
  expect_passed(c);
  list_unjudged(*c.document, c.v.report);
  EXPECT_TRUE(warned_of(c, problems::signature_not_judged));
}

TEST(MovedSignature, C04_ATimeStampingAuthorityOrAnOcspResponderSignsNoDocuments) {
  for (const char* purpose : {"1.3.6.1.5.5.7.3.8", "1.3.6.1.5.5.7.3.9"}) {
    crypto::certificate_request r;
    r.common_name = "TEST SERVICE";
    r.not_before = test_now - 24h;
    r.not_after = test_now + 24h;
    r.only_these_purposes = true;
    r.extended_key_usage = {purpose};
    const auto& key = key_of_kind(key_kind::gost2015_512);
    const auto& by = root_of_kind(key_kind::gost2015_512);
    const crypto::identity service{key, crypto::issue(r, key.public_key(), &by, by.key).value(), {}};
    const auto c = look_strictly(sign_business(share("<a/>"), service).value());
    expect_refused(c, s::chain_constraints_failure, problems::signing_certificate_usage, "time stamps or OCSP answers only");
  }
}

}  // namespace
}  // namespace shep::eds
