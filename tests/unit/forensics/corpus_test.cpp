#include "unit/forensics/corpus.hpp"

#include <cstdio>

namespace shep::forensics {
namespace {

using namespace test;

std::vector<planted> whole_corpus() {
  std::vector<planted> all = text_mistakes();
  for (auto& part : {digest_mistakes(), signature_mistakes()}) all.insert(all.end(), part.begin(), part.end());
  return all;
}

TEST(Corpus, PlantedCauseIsFoundFirstInEveryMessage) {
  int found = 0;
  const auto all = whole_corpus();
  for (const planted& p : all) {
    SCOPED_TRACE(p.name);
    const std::string text = signed_with(p.message.text(), hand_of(p.message.who), p.wrong);
    const explained e = explain_text(text, p.message.how);
    EXPECT_NE(e.report.verdict, eds::indication::total_passed) << text;
    EXPECT_EQ(e.first(), p.cause) << e.told() << text;
    EXPECT_TRUE(e.proven()) << e.told();
    const std::string part = e.report.causes.empty() ? "" : e.report.causes.front().part;
    EXPECT_TRUE(part.starts_with(p.part)) << part;
    EXPECT_FALSE(e.spent.exhausted()) << e.told();
    const bool right = e.first() == p.cause && e.proven();
    found += right ? 1 : 0;
    std::printf("%-4s %-70s %-38s %-38s %5zu candidates\n", right ? "ok" : "BAD", p.name.c_str(), p.cause.c_str(), e.first().c_str(),
                e.spent.candidates());
  }
  std::printf("planted %zu, found first %d\n", all.size(), found);
  EXPECT_GE(all.size(), 30u);
}

TEST(Corpus, CleanMessagesNameNoCause) {
  for (const planted& p : whole_corpus()) {
    SCOPED_TRACE(p.name);
    const std::string text = signed_with(p.clean.text(), hand_of(p.clean.who), {});
    const explained e = explain_text(text, p.clean.how);
    EXPECT_EQ(e.report.verdict, eds::indication::total_passed) << e.told() << text;
    EXPECT_TRUE(e.report.causes.empty()) << e.told();
    EXPECT_EQ(e.spent.candidates(), 0u) << "nothing is searched in what passed";
  }
}

TEST(Corpus, EveryMistakeOfAnotherMessageIsNotNamed) {
  // A message whose data was really changed has no cause but the change: nothing may be "proven".
  for (const planted& p : whole_corpus()) {
    if (p.part != "Reference" || p.clean.how == layout::in_place) continue;
    SCOPED_TRACE(p.name);
    std::string text = signed_with(p.clean.text(), hand_of(p.clean.who), {});
    const std::size_t at = text.find(p.clean.how == layout::enveloped ? "<r:request" : "<soap:Body");
    const std::size_t inside = text.find('>', at);
    text.insert(inside + 1, "<evil/>");
    const explained e = explain_text(text, p.clean.how);
    for (const eds::cause& c : e.report.causes) EXPECT_FALSE(c.reproduces_declared_digest) << c.name << "\n" << e.told();
  }
}

}  // namespace
}  // namespace shep::forensics
