#include "app/shadowed.hpp"

#include "mocks/engine/mapping_loader.hpp"

#include <gtest/gtest.h>

namespace shep::app {
namespace {

constexpr std::string_view service = R"("serviceId": {"equalTo": "S"})";
constexpr std::string_view x = R"({"matchesXPath": "//x"})";
constexpr std::string_view y = R"({"matchesXPath": "//y"})";

class no_bodies final : public mocks::body_source {
 public:
  result<std::string> read(std::string_view) override { return problem(problems::environment, "there is none"); }
};

std::string mapping(const std::string& name, int priority, const std::string& shep, const std::string& patterns,
                    const std::string& more = {}) {
  return "{" + more + R"("name": ")" + name + R"(", "priority": )" + std::to_string(priority) + R"(, "request": {"shep": {)" + shep +
         R"(}, "bodyPatterns": [)" + patterns + R"(]}, "response": {"body": "<a/>"}})";
}

/// Names of the mappings that can never answer, in loading order.
std::string hidden(const std::vector<std::string>& mappings) {
  std::vector<mocks::mapping_text> files;
  for (const std::string& json : mappings) files.push_back({"mappings/" + std::to_string(files.size()) + ".json", json});
  no_bodies bodies;
  const auto loaded = mocks::load_mappings(files, bodies);
  for (const problem& p : loaded.problems) ADD_FAILURE() << describe(p);
  std::string out;
  for (const problem& p : shadowed_mappings("absent", loaded.mappings)) {
    EXPECT_FALSE(p.hint.empty());
    const std::size_t begin = p.detail.find('\'') + 1;
    out += p.detail.substr(begin, p.detail.find('\'', begin) - begin) + " ";
  }
  return out;
}

const std::string s(service), px(x), py(y), both = px + "," + py;

TEST(ShadowedMappings, OneThatAsksForMoreAfterOneThatAsksForLess) {
  EXPECT_EQ(hidden({mapping("broad", 1, s, px), mapping("narrow", 2, s, both)}), "narrow ");
  EXPECT_EQ(hidden({mapping("broad", 1, s, ""), mapping("narrow", 2, s, both)}), "narrow ");
  EXPECT_EQ(hidden({mapping("all", 1, "", ""), mapping("narrow", 2, s, both)}), "narrow ");
}

TEST(ShadowedMappings, AmongEqualPrioritiesTheOneLoadedLastIsAsked) {
  EXPECT_EQ(hidden({mapping("first", 5, s, px), mapping("last", 5, s, px)}), "first ");
  EXPECT_EQ(hidden({mapping("narrow", 5, s, both), mapping("broad", 5, s, px)}), "narrow ");
  EXPECT_EQ(hidden({mapping("broad", 5, s, px), mapping("narrow", 5, s, both)}), "");
}

TEST(ShadowedMappings, OrderAndSpellingOfCriteriaDoNotMatter) {
  EXPECT_EQ(hidden({mapping("broad", 1, R"("serviceId": "S")", py), mapping("narrow", 2, s, both)}), "narrow ");
}

TEST(ShadowedMappings, WhatCouldStillAnswerIsLeftAlone) {
  EXPECT_EQ(hidden({mapping("narrow", 1, s, both), mapping("broad", 2, s, px)}), "");
  EXPECT_EQ(hidden({mapping("one", 1, s, px), mapping("other", 2, s, py)}), "");
  EXPECT_EQ(hidden({mapping("one", 1, R"("serviceId": "T")", ""), mapping("other", 2, s, py)}), "");
  EXPECT_EQ(hidden({mapping("one", 1, s, R"({"matchesXPath": {"expression": "//x", "equalTo": "1"}})"), mapping("any x", 2, s, px)}), "");
}

}  // namespace
}  // namespace shep::app
