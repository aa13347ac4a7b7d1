#include "unit/forensics/planted.hpp"

namespace shep::forensics {
namespace {

using namespace test;

/// A message of about a mebibyte, deep and wide, full of what the search looks at, with a digest that nothing gives.
std::string hostile_message() {
  std::string body;
  for (int i = 0; i < 90; ++i)
    body += "<p" + std::to_string(i) + ":data xmlns:p" + std::to_string(i) + "=\"urn:" + std::to_string(i) + "\">";
  while (body.size() < (1 << 20)) body += "<data>&lt;a&gt;\n&lt;/a&gt;Р’&#13;</data><data><request/></data>";
  for (int i = 89; i >= 0; --i) body += "</p" + std::to_string(i) + ":data>";
  draft d;
  d.content = body;
  habits wrong;
  wrong.digest = [](const hand&, std::string_view) { return std::string(32, 'x'); };
  wrong.value = [](std::string v) { return std::string(v.size(), 'y'); };
  return signed_with(d.text(), hand_of(family::rsa), wrong);
}

TEST(Bounds, HostileMessageCostsNoMoreThanTheLimits) {
  const std::string text = hostile_message();
  const limits most;
  const explained e = explain_text(text, layout::wsse_a);
  EXPECT_LE(e.spent.candidates(), most.candidates);
  EXPECT_LE(e.spent.octets(), most.octets);
  EXPECT_LE(e.spent.key_operations(), most.key_operations);
  EXPECT_TRUE(e.spent.exhausted());
  const auto& f = e.report.findings;
  EXPECT_TRUE(std::any_of(f.begin(), f.end(), [](const eds::finding& one) { return one.code == "forensics.search_limit"; }))
      << "what was left untried is said";
  EXPECT_LE(e.report.parts.size(), 64u);
}

TEST(Bounds, LimitsAreTakenFromTheCaller) {
  draft d;
  habits wrong;
  wrong.digest = [](const hand&, std::string_view) { return std::string(32, 'x'); };
  const std::string text = signed_with(d.text(), hand_of(family::rsa), wrong);
  options o;
  o.most = {7, 1 << 20, 5};
  const explained e = explain_text(text, layout::wsse_a, o);
  EXPECT_EQ(e.spent.candidates(), 7u);
  EXPECT_TRUE(e.spent.exhausted());
  o.most = {1000, 3000, 5};
  const explained small = explain_text(text, layout::wsse_a, o);
  EXPECT_LE(small.spent.octets(), 3000u);
}

TEST(Bounds, OrdinaryMessageIsSearchedToTheEnd) {
  for (const family f : {family::rsa, family::gost512, family::gost2004}) {
    habits wrong;
    wrong.digest = [](const hand& h, std::string_view) { return std::string(crypto::digest(h.digest, "").size(), 'x'); };
    wrong.value = [](std::string v) { return std::string(v.size(), '\x01'); };
    draft d;
    d.who = f;
    const explained e = explain_text(signed_with(d.text(), hand_of(f), wrong), layout::wsse_a);
    EXPECT_FALSE(e.spent.exhausted()) << e.spent.candidates() << " candidates, " << e.spent.octets() << " octets, "
                                      << e.spent.key_operations() << " key operations";
    for (const eds::cause& c : e.report.causes) EXPECT_FALSE(c.reproduces_declared_digest) << c.name;
  }
}

TEST(Bounds, SameQuestionGetsTheSameAnswer) {
  habits wrong;
  wrong.octets = [](const auto&, auto, auto, std::string right) { return right + "\n"; };
  const std::string text = signed_with(draft{}.text(), hand_of(family::rsa), wrong);
  const explained a = explain_text(text, layout::wsse_a), b = explain_text(text, layout::wsse_a);
  EXPECT_EQ(eds::to_json(a.report), eds::to_json(b.report));
  EXPECT_EQ(a.spent.candidates(), b.spent.candidates());
}

}  // namespace
}  // namespace shep::forensics
