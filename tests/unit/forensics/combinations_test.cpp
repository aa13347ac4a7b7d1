#include "unit/forensics/planted.hpp"
#include "xml/escape.hpp"
#include "xml/extent.hpp"

namespace shep::forensics {
namespace {

using namespace test;

std::vector<std::string> proven(const eds::report& r) {
  std::vector<std::string> out;
  for (const eds::cause& c : r.causes)
    if (c.reproduces_declared_digest) out.push_back(c.part + ": " + c.name);
  return out;
}

using list = std::vector<std::string>;

TEST(Combinations, TwoMistakesAreNamedInTheOrderInWhichTheyWereMade) {
  habits wrong;
  wrong.octets = [](const auto&, xml::element target, auto, auto) {
    return canonical_octets(xml::document(), target, std::string(eds::uri::c14n), false, {}) + "\n";
  };
  const explained e = explain_text(signed_with(draft{}.text(), hand_of(family::rsa), wrong), layout::wsse_a);
  EXPECT_EQ(proven(e.report), (list{"Reference #id-1: inclusive_instead_of_exclusive", "Reference #id-1: trailing_newline"})) << e.told();
}

TEST(Combinations, WrongDigestAndWrongValueAreBothExplained) {
  habits wrong;
  wrong.octets = [](const auto&, auto, auto, std::string right) { return right + "\n"; };
  wrong.value = [](std::string v) { return backwards(v); };
  draft d{family::gost512};
  const explained e = explain_text(signed_with(d.text(), hand_of(family::gost512), wrong), layout::wsse_a);
  EXPECT_EQ(proven(e.report), (list{"Reference #id-1: trailing_newline", "SignatureValue: signature_value_reversed"})) << e.told();
}

TEST(Combinations, WholeMessagePrettyPrintedIsExplainedForDigestAndValue) {
  std::string text = signed_with(draft{}.text(), hand_of(family::rsa), {});
  for (std::size_t at = text.find("><"); at != std::string::npos; at = text.find("><", at + 2)) text.insert(at + 1, "\n  ");
  const explained e = explain_text(text, layout::wsse_a);
  EXPECT_EQ(proven(e.report).front(), "Reference #id-1: reindented_after_signing") << e.told();
  EXPECT_EQ(proven(e.report).back(), "SignatureValue: reindented_after_signing") << e.told();
}

TEST(Combinations, CryptoProSboxAndCryptoProOrderAtOnce) {
  habits wrong;
  wrong.sign = [](const hand& h, std::string_view x) {
    return number_of(h.who)->sign(crypto::digest(digest_algorithm::gost34311_cryptopro, x)).value();
  };
  wrong.value = [](std::string v) { return backwards(v); };
  draft d{family::gost2004};
  const explained e = explain_text(signed_with(d.text(), hand_of(family::gost2004), wrong), layout::wsse_a);
  EXPECT_EQ(proven(e.report), (list{"SignatureValue: signature_value_reversed", "SignatureValue: wrong_signature_sbox"})) << e.told();
}

TEST(Combinations, PayloadSignedInsideOfTheEnvelopeThatNowCarriesItAsText) {
  const std::string whole = signed_with(draft{family::rsa, layout::in_place}.text(), hand_of(family::rsa), {});
  const auto d = admitted(whole);
  const auto at = xml::extent_of(d, signed_parent(d.root())).value();
  const std::string payload = whole.substr(at.begin, at.end - at.begin);
  const auto envelope = admitted(whole.substr(0, at.begin) + xml::escaped(payload) + whole.substr(at.end));
  EXPECT_EQ(explain_text(whole, layout::in_place).report.verdict, eds::indication::total_passed);
  options o;
  o.envelope = &envelope;
  const explained e = explain_text(payload, layout::enveloped, o);
  EXPECT_EQ(proven(e.report), (list{"Reference \"\": signed_in_other_context", "SignatureValue: signed_in_other_context"})) << e.told();
}

TEST(Combinations, ReferenceThatNamesNothingIsTraced) {
  std::string text = signed_with(draft{}.text(), hand_of(family::rsa), {});
  replace_first(text, "URI=\"#id-1\"", "URI=\"#id-2\"");
  const explained e = explain_text(text, layout::wsse_a);
  ASSERT_FALSE(e.report.causes.empty()) << e.told();
  EXPECT_EQ(e.report.causes.front().name, "wrong_element");
  EXPECT_NE(
      e.report.causes.front().explanation.find("names nothing that may be signed; the digest is that of /soap:Envelope[1]/soap:Body[1]"),
      std::string::npos)
      << e.told();
}

TEST(Combinations, EarlierSignatureLeftOutBySecondSigner) {
  const hand& h = hand_of(family::rsa);
  const std::string first = signed_with(draft{family::rsa, layout::enveloped}.text(), h, {});
  signature_parts second = unfinished_of(h, layout::enveloped);
  const std::string text = replaced(first, "</r:request>", second.text() + "</r:request>");
  const explained good = explain_text(signed_with(text, h, {}), layout::enveloped);
  EXPECT_EQ(good.report.verdict, eds::indication::total_passed) << good.told();
  habits wrong;
  wrong.octets = [](const xml::document& d, xml::element target, xml::element signature, auto) {
    xml::c14n_options o;
    o.exclusive = false;
    o.omit = signature;
    o.also_omit = {target.child({ns::ds, "Signature"})};
    xml::string_sink out;
    EXPECT_TRUE(xml::canonicalize(d, o, out));
    return out.text;
  };
  const explained e = explain_text(signed_with(text, h, wrong), layout::enveloped);
  EXPECT_EQ(proven(e.report), list{"Reference \"\": all_signatures_removed"}) << e.told();
}

TEST(Combinations, PassedReportGetsNoCauseWhateverItLooksLike) {
  draft d;
  d.content = sample_request("", "РўРµСЃС‚ ????? &#13;");
  const explained e = explain_text(signed_with(d.text(), hand_of(family::rsa), {}), layout::wsse_a);
  EXPECT_EQ(e.report.verdict, eds::indication::total_passed);
  EXPECT_TRUE(e.report.causes.empty()) << e.told();
}

}  // namespace
}  // namespace shep::forensics
