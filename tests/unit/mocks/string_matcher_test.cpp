#include "mocks/engine/string_matcher.hpp"

#include "mocks/engine/letter_case.hpp"
#include "mocks/engine/near_text.hpp"
#include "mocks/engine/problems.hpp"

#include <gtest/gtest.h>

namespace shep::mocks {
namespace {

string_matcher make(text_operator kind, std::string operand, bool any_case = false) {
  return string_matcher::create(kind, std::move(operand), any_case).value();
}

TEST(StringMatcher, EqualToComparesOctetsOrLettersInAnyCase) {
  EXPECT_TRUE(make(text_operator::equal_to, "Әже").holds("Әже"));
  EXPECT_FALSE(make(text_operator::equal_to, "Әже").holds("әже"));
  EXPECT_TRUE(make(text_operator::equal_to, "Әже Qq", true).holds("әЖЕ qQ"));
  EXPECT_FALSE(make(text_operator::equal_to, "").holds(std::nullopt));
}

TEST(StringMatcher, PatternsMatchTheWholeText) {
  EXPECT_TRUE(make(text_operator::matches, "PORTAL_.*").holds("PORTAL_7"));
  EXPECT_FALSE(make(text_operator::matches, "PORTAL").holds("PORTAL_7"));
  EXPECT_TRUE(make(text_operator::does_not_match, "PORTAL").holds("PORTAL_7"));
  EXPECT_FALSE(make(text_operator::does_not_match, "PORTAL_.").holds("PORTAL_7"));
}

TEST(StringMatcher, ContainsLooksAnywhere) {
  EXPECT_TRUE(make(text_operator::contains, "RT").holds("PORTAL"));
  EXPECT_FALSE(make(text_operator::contains, "rt").holds("PORTAL"));
  EXPECT_FALSE(make(text_operator::does_not_contain, "RT").holds("PORTAL"));
  EXPECT_TRUE(make(text_operator::does_not_contain, "rt").holds("PORTAL"));
}

TEST(StringMatcher, WhatIsNotThereSatisfiesNegativeOperatorsOnly) {
  for (const auto kind : all_text_operators()) EXPECT_EQ(make(kind, "x").holds(std::nullopt), make(kind, "x").negative()) << name_of(kind);
  EXPECT_FALSE(make(text_operator::absent, "").holds(""));
}

TEST(StringMatcher, OneOfSeveralTextsIsEnoughUnlessTheOperatorIsNegative) {
  const std::vector<std::string> texts{"a", "b"};
  EXPECT_TRUE(make(text_operator::equal_to, "b").holds_for(texts));
  EXPECT_FALSE(make(text_operator::does_not_match, "b").holds_for(texts));
  EXPECT_TRUE(make(text_operator::does_not_match, "c").holds_for(texts));
  EXPECT_FALSE(make(text_operator::absent, "").holds_for(texts));
  EXPECT_TRUE(make(text_operator::absent, "").holds_for({}));
  EXPECT_FALSE(make(text_operator::equal_to, "").holds_for({}));
}

TEST(StringMatcher, DistanceGrowsWithTheDifference) {
  const auto matcher = make(text_operator::equal_to, "GBDFLUniversal_token");
  EXPECT_EQ(matcher.compare("GBDFLUniversal_token").distance, 0);
  const double near = matcher.compare("GBDFLUniversal_tokem").distance;
  const double far = matcher.compare("KDP_SERVICE").distance;
  EXPECT_GT(near, 0);
  EXPECT_LT(near, far);
  EXPECT_LE(far, 1);
  EXPECT_EQ(matcher.compare(std::nullopt).distance, 1);
}

TEST(StringMatcher, LongTextsThatDifferLateAreStillNotEqual) {
  const std::string head(5000, 'x');
  const auto outcome = make(text_operator::equal_to, head + "a").compare(head + "b");
  EXPECT_FALSE(outcome.exact);
  EXPECT_GT(outcome.distance, 0);
}

TEST(StringMatcher, A09_RefusesPatternsThatNeedBacktracking) {
  for (const char* pattern : {"(a)\\1", "(?=a)a", "(", "a{1001}", "(?<!x)a"}) {
    const auto matcher = string_matcher::create(text_operator::matches, pattern);
    ASSERT_FALSE(matcher) << pattern;
    EXPECT_EQ(matcher.error().code, problems::mapping_value);
    EXPECT_NE(matcher.error().detail.find(pattern), std::string::npos);
  }
  EXPECT_FALSE(string_matcher::create(text_operator::matches, std::string(4097, 'a')));
}

TEST(StringMatcher, A09_CatastrophicPatternsAnswerOnLongTexts) {
  const std::string text(1 << 20, 'a');
  EXPECT_FALSE(make(text_operator::matches, "(a*)*b").holds(text));
  EXPECT_FALSE(make(text_operator::matches, "(a|aa)+$b").holds(text));
  EXPECT_FALSE(make(text_operator::matches, "(.*)(.*)(.*)(.*)c").holds(text));
}

TEST(LetterCase, KnowsLatinCyrillicAndKazakhLetters) {
  EXPECT_EQ(upper_case("әғқңөұүһі ёя az 1ß"), "ӘҒҚҢӨҰҮҺІ ЁЯ AZ 1ß");
  EXPECT_EQ(lower_case("ӘҒҚҢӨҰҮҺІ ЁЯ AZ 1ẞ"), "әғқңөұүһі ёя az 1ẞ");
  EXPECT_EQ(upper_case("ӏ"), "Ӏ");
  EXPECT_EQ(lower_case("\xD0"), "\xD0");
}

TEST(NearestWord, FindsSlipsOfThePenOnly) {
  const std::string_view known[] = {"serviceId", "senderId", "routeId"};
  EXPECT_EQ(nearest_word("serviceID", known), "serviceId");
  EXPECT_EQ(nearest_word("servicId", known), "serviceId");
  EXPECT_EQ(nearest_word("colour", known), "");
  EXPECT_EQ(known_words_hint("colour", known), "known here: serviceId senderId routeId");
}

}  // namespace
}  // namespace shep::mocks
