#include "app/shadowed.hpp"

#include "mocks/engine/mapping_loader.hpp"

#include <random>

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

shadowed examine(const std::vector<std::string>& mappings) {
  std::vector<mocks::mapping_text> files;
  for (const std::string& json : mappings) files.push_back({"mappings/" + std::to_string(files.size()) + ".json", json});
  no_bodies bodies;
  const auto loaded = mocks::load_mappings(files, bodies);
  for (const problem& p : loaded.problems) ADD_FAILURE() << describe(p);
  return shadowed_mappings("absent", loaded.mappings);
}

/// Names of the mappings that can never answer, in loading order.
std::string hidden(const std::vector<std::string>& mappings) {
  std::string out;
  for (const problem& p : examine(mappings).found) {
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

TEST(ShadowedMappings, TheOneLoadedFirstOfThoseThatHideIsNamed) {
  const auto told = examine({mapping("last asked", 3, s, px), mapping("any service", 2, "", px), mapping("narrow", 4, s, both),
                             mapping("first asked", 1, s, py), mapping("equal", 4, s, both)});
  ASSERT_EQ(told.found.size(), 3U);
  EXPECT_NE(told.found[0].detail.find("answered by 'any service'"), std::string::npos) << told.found[0].detail;
  EXPECT_NE(told.found[1].detail.find("'narrow' can never answer"), std::string::npos) << told.found[1].detail;
  EXPECT_NE(told.found[1].detail.find("answered by 'last asked'"), std::string::npos) << told.found[1].detail;
  EXPECT_NE(told.found[2].detail.find("'equal' can never answer"), std::string::npos) << told.found[2].detail;
}

/// Mappings for `services` services, each demanding another text in each of them.
std::vector<std::string> many(std::size_t services, std::size_t of_each) {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < services * of_each; ++i)
    out.push_back(mapping("m" + std::to_string(i), 5, R"("channel": "sync", "serviceId": "S)" + std::to_string(i % services) + "\"",
                          R"({"matchesXPath": {"expression": "//x", "equalTo": ")" + std::to_string(i / services) + "\"}}"));
  return out;
}

TEST(ShadowedMappings, ManyMappingsCostLittleMoreThanTheirNumber) {
  constexpr std::size_t number = 20'000;
  EXPECT_LE(examine(many(1, number)).compared, 2 * number);
  EXPECT_LE(examine(many(200, number / 200)).compared, 2 * number);
  EXPECT_LE(examine(many(number, 1)).compared, 2 * number);
  // All alike: each but the last one loaded is hidden.
  const auto alike = examine(std::vector<std::string>(2000, mapping("same", 5, s, px)));
  EXPECT_EQ(alike.found.size(), 1999U);
  EXPECT_LE(alike.compared, 4000U);
}

TEST(ShadowedMappings, OneOfNoServiceHidesThoseOfAllServices) {
  auto all = many(50, 4);
  all.push_back(mapping("of any service", 1, R"("channel": "sync")", ""));
  EXPECT_EQ(examine(all).found.size(), 200U);
}

struct planted {
  int service;  // 0: of any
  int priority;
  int patterns;  // a bit each
};

/// What the definition says, mapping by mapping.
std::vector<std::string> by_definition(const std::vector<planted>& all) {
  std::vector<std::string> out;
  for (std::size_t b = 0; b < all.size(); ++b)
    for (std::size_t a = 0; a < all.size(); ++a) {
      const bool before = all[a].priority != all[b].priority ? all[a].priority < all[b].priority : a > b;
      const bool asks_less = (all[a].service == 0 || all[a].service == all[b].service) && (all[a].patterns & ~all[b].patterns) == 0;
      if (!before || !asks_less) continue;
      out.push_back("m" + std::to_string(b) + " by m" + std::to_string(a));
      break;
    }
  return out;
}

std::string written_as(const planted& p, std::size_t number) {
  std::string patterns;
  for (int bit = 0; bit < 4; ++bit)
    if ((p.patterns & 1 << bit) != 0)
      patterns += (patterns.empty() ? "" : ",") + (R"({"matchesXPath": "//p)" + std::to_string(bit)) + "\"}";
  return mapping("m" + std::to_string(number), p.priority, p.service == 0 ? "" : R"("serviceId": "S)" + std::to_string(p.service) + "\"",
                 patterns);
}

TEST(ShadowedMappings, AgreeWithTheDefinitionOnRandomSets) {
  std::minstd_rand chance(20);
  for (int round = 0; round < 200; ++round) {
    std::vector<planted> all(12);
    std::vector<std::string> written;
    for (planted& p : all) {
      p = {static_cast<int>(chance() % 3), static_cast<int>(1 + chance() % 3), static_cast<int>(chance() % 16)};
      written.push_back(written_as(p, written.size()));
    }
    std::vector<std::string> told;
    for (const problem& p : examine(written).found) {
      const auto quoted = [&p](std::size_t from) { return p.detail.substr(from, p.detail.find('\'', from) - from); };
      told.push_back(quoted(p.detail.find('\'') + 1) + " by " + quoted(p.detail.find("by '") + 4));
    }
    EXPECT_EQ(told, by_definition(all)) << "round " << round;
  }
}

}  // namespace
}  // namespace shep::app
