#include "forensics/patterns.hpp"
#include "unit/forensics/planted.hpp"

namespace shep::forensics {
namespace {

using namespace test;

std::vector<std::string> names(const steps& found) {
  std::vector<std::string> out;
  for (const step& s : found) out.emplace_back(s.what->name);
  return out;
}

TEST(Hints, PatternsAreNamed) {
  using list = std::vector<std::string>;
  EXPECT_EQ(names(patterns_in("<a>Ð¢ÐµÑÑÑ</a>", "")), list{}) << "letters are lost: no octets come out";
  EXPECT_EQ(names(patterns_in("<a>РўРµСЃС‚</a>", "")), list{"double_encoded_text"});
  EXPECT_EQ(names(patterns_in("<a>?????"
                              " ?"
                              "?</a>",
                              "")),
            list{"lost_letters"});
  EXPECT_EQ(names(patterns_in("<a>\xEF\xBF\xBD</a>", "")), list{"lost_letters"});
  EXPECT_EQ(names(patterns_in("<a>x</a>", "<a>x&#xD;\n</a>")), list{"carriage_returns"});
  EXPECT_EQ(names(patterns_in("<a>\xEF\xBB\xBF<b/></a>", "")), list{"byte_order_mark_inside"});
  EXPECT_EQ(names(patterns_in("<?xml version='1.0' encoding='windows-1251'?><a/>", "")), list{"declared_charset"});
  EXPECT_EQ(names(patterns_in("<a>\xD2\xE5\xF1\xF2</a>", "")), list{"declared_charset"});
}

TEST(Hints, CleanTextsShowNone) {
  for (const std::string text : {"<a>Привет, мир?"
                                 "? Әлем</a>",
                                 "\xEF\xBB\xBF<?xml version=\"1.0\" encoding=\"utf-8\"?><a/>", "<a>What?!</a>"})
    EXPECT_TRUE(patterns_in(text, text).empty()) << text << names(patterns_in(text, text)).front();
}

TEST(Hints, UnexplainedFailureGetsHintsThatSayTheyAreNoProof) {
  draft d;
  d.content = sample_request("", "<name>Сынақов</name>");
  std::string text = signed_with(d.text(), hand_of(family::rsa), {});
  replace_first(text, "Сынақов", "???????");
  const explained e = explain_text(text, layout::wsse_a);
  ASSERT_EQ(e.first(), "lost_letters") << e.told();
  EXPECT_FALSE(e.proven());
  EXPECT_TRUE(e.report.causes[0].explanation.starts_with("Not proven: ")) << e.told();
}

TEST(Hints, MessageThatCouldNotBeReadIsExplainedFromItsOctets) {
  eds::report r;
  const shared_bytes octets = share("<?xml version=\"1.0\" encoding=\"windows-1251\"?><a>\xD2</a>");
  const budget spent = explain(octets, nullptr, r, everybody(), {}, test_now);
  ASSERT_EQ(r.causes.size(), 1u);
  EXPECT_EQ(r.causes[0].name, "declared_charset");
  EXPECT_EQ(spent.candidates(), 0u);
}

}  // namespace
}  // namespace shep::forensics
