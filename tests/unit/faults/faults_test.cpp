#include "faults/catalogue.hpp"
#include "faults/injection.hpp"
#include "faults/problems.hpp"
#include "faults/rules.hpp"

#include <fstream>
#include <set>
#include <sstream>

#include <gtest/gtest.h>

namespace shep::faults {
namespace {

std::string readme() {
  std::ifstream file(SHEPSIM_SOURCE_DIR "/gateway/faults/README.md");
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

TEST(Catalogue, IsTheTableOfTheReadme) {
  const std::string text = readme();
  std::string expected = "|---|---|---|---|\n";
  for (const row& r : catalogue())
    expected += "| `" + std::string(r.name) + "` | " + std::string(name_of(r.where)) + " | " + std::string(r.on_wire) + " | " +
                std::string(r.noticed_by) + " |\n";
  EXPECT_NE(text.find(expected), std::string::npos) << "the README should say:\n" << expected;
}

TEST(Catalogue, NamesEachKindOnceInWireMocksStyle) {
  std::set<std::string_view> names;
  for (const row& r : catalogue()) {
    EXPECT_TRUE(names.insert(r.name).second) << r.name;
    EXPECT_EQ(r.name.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_"), std::string_view::npos) << r.name;
    EXPECT_EQ(kind_named(r.name), r.what);
    EXPECT_EQ(&row_of(r.what), &r);
  }
  EXPECT_EQ(names.size(), kinds);
  EXPECT_EQ(kind_named("EMPTY"), std::nullopt);
  for (const char* of_wiremock : {"CONNECTION_RESET_BY_PEER", "EMPTY_RESPONSE", "MALFORMED_RESPONSE_CHUNK", "RANDOM_DATA_THEN_CLOSE"})
    EXPECT_TRUE(is_wiremock(*kind_named(of_wiremock))) << of_wiremock;
  EXPECT_FALSE(is_wiremock(kind::slow_drip));
}

TEST(Injection, IsReadFromAHeader) {
  const auto plain = parse(" EMPTY_RESPONSE ");
  ASSERT_TRUE(plain);
  EXPECT_EQ(plain->what, kind::empty_response);
  EXPECT_EQ(plain->time, usual_time);
  const auto full = parse("FAULT_ERRORINFO; code=SCE015;message = token expired ; data=a=b;");
  ASSERT_TRUE(full) << describe(full.error());
  EXPECT_EQ(*full, (injection{kind::fault_errorinfo, "SCE015", "token expired", "a=b", usual_time}));
  EXPECT_EQ(parse("SLOW_DRIP;milliseconds=60000")->time, longest_time);
}

TEST(Injection, A10RefusesWhatItDoesNotKnow) {
  const std::pair<const char*, problem_code> bad[] = {{"", problems::fault_unknown},
                                                      {";", problems::fault_unknown},
                                                      {"EMPTY_RESPONS", problems::fault_unknown},
                                                      {"empty_response", problems::fault_unknown},
                                                      {"EMPTY_RESPONSE; code=1", problems::fault_parameter},
                                                      {"EMPTY_RESPONSE; milliseconds=1", problems::fault_parameter},
                                                      {"STALL; milliseconds=60001", problems::fault_parameter},
                                                      {"STALL; milliseconds=-1", problems::fault_parameter},
                                                      {"STALL; milliseconds=", problems::fault_parameter},
                                                      {"STALL; milliseconds=99999999999999999999", problems::fault_parameter},
                                                      {"STALL; milliseconds", problems::fault_parameter},
                                                      {"STALL; seconds=1", problems::fault_parameter}};
  for (const auto& [text, code] : bad) {
    const auto read = parse(text);
    ASSERT_FALSE(read) << text;
    EXPECT_EQ(read.error().code, code) << text;
    EXPECT_FALSE(read.error().hint.empty()) << text;
  }
  EXPECT_NE(parse("EMPTY_RESPONS").error().hint.find("EMPTY_RESPONSE"), std::string::npos);
}

TEST(Rules, AreCountedAndTheServicesOwnComesFirst) {
  ids fresh(1);
  rules orders;
  EXPECT_EQ(orders.take("A", fresh), std::nullopt);
  ASSERT_TRUE(orders.set({"*", {kind::http_503, {}, {}, {}, usual_time}, std::nullopt}));
  ASSERT_TRUE(orders.set({"A", {kind::empty_response, {}, {}, {}, usual_time}, 2}));
  EXPECT_EQ(orders.take("A", fresh)->what, kind::empty_response);
  EXPECT_EQ(orders.take("B", fresh)->what, kind::http_503);
  EXPECT_EQ(orders.take("A", fresh)->what, kind::empty_response);
  EXPECT_EQ(orders.take("A", fresh), std::nullopt) << "used up, and no other order takes its place";
  EXPECT_EQ(orders.find("A")->injected, 2u);
  EXPECT_EQ(orders.find("A")->left, 0u);
  EXPECT_TRUE(orders.remove("A"));
  EXPECT_FALSE(orders.remove("A"));
  EXPECT_EQ(orders.take("A", fresh)->what, kind::http_503);
  orders.clear();
  EXPECT_EQ(orders.take("B", fresh), std::nullopt);
}

TEST(Rules, KeepToTheirProbability) {
  ids fresh(7);
  rules orders;
  orders.set({"A", {kind::stall, {}, {}, {}, usual_time}, std::nullopt, 0.25});
  int hit = 0;
  for (int i = 0; i < 10'000; ++i) hit += orders.take("A", fresh) ? 1 : 0;
  EXPECT_GT(hit, 2'200);
  EXPECT_LT(hit, 2'800);
  orders.set({"A", {kind::stall, {}, {}, {}, usual_time}, std::nullopt, 0});
  for (int i = 0; i < 1'000; ++i) EXPECT_FALSE(orders.take("A", fresh));
}

TEST(Rules, AreBounded) {
  rules orders;
  for (std::size_t i = 0; i < rules::most; ++i) ASSERT_TRUE(orders.set({"S" + std::to_string(i), {}, std::nullopt}));
  EXPECT_FALSE(orders.set({"one more", {}, std::nullopt}));
  EXPECT_TRUE(orders.set({"S1", {}, 1})) << "replacing takes no room";
}

}  // namespace
}  // namespace shep::faults
