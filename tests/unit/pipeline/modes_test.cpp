#include "pipeline/modes.hpp"

#include "protocol/problems.hpp"

#include <gtest/gtest.h>

namespace shep::pipeline {
namespace {

routing::route route(std::string service, std::string route_id, std::string target) {
  routing::route r;
  r.service_id = std::move(service);
  r.route_id = std::move(route_id);
  r.target = std::move(target);
  r.adapter = "mock";
  return r;
}

snapshot world() {
  snapshot s;
  s.routes = routing::route_table::create(
                 {route("A", "", "http://a/"), route("A", "R", "http://r/"), route("B", "", ""), route("B", "R", "http://b/")})
                 .value();
  return s;
}

std::string adapter_of(const snapshot& s, std::string_view service, std::string_view route_id) {
  return s.routes.choose(service, route_id, "x").value()->adapter;
}

TEST(Modes, EveryRouteOfTheServiceAndNoOtherIsSwitchedInACopy) {
  const snapshot before = world();
  const auto after = with_mode(before, "A", "forward");
  ASSERT_TRUE(after);
  EXPECT_EQ(adapter_of(**after, "A", ""), "forward");
  EXPECT_EQ(adapter_of(**after, "A", "R"), "forward");
  EXPECT_EQ(adapter_of(**after, "B", ""), "mock");
  EXPECT_EQ(adapter_of(before, "A", ""), "mock") << "who holds the old world keeps it";
}

TEST(Modes, WhatCannotAnswerIsRefused) {
  const snapshot s = world();
  EXPECT_EQ(with_mode(s, "C", "mock").error().code, problems::unknown_service);
  EXPECT_EQ(with_mode(s, "A", "mok").error().code, problems::usage);
  const auto one_without_target = with_mode(s, "B", "forward");
  ASSERT_FALSE(one_without_target);
  EXPECT_EQ(one_without_target.error().code, problems::usage);
  EXPECT_NE(one_without_target.error().detail.find("'B'"), std::string::npos) << one_without_target.error().detail;
}

TEST(Modes, ARouteWithoutTargetHasThoseThatNeedNone) {
  EXPECT_EQ(modes_of(route("A", "", "")), (std::vector<std::string_view>{"mock", "replay", "state"}));
  EXPECT_EQ(modes_of(route("A", "", "http://a/")), (std::vector<std::string_view>{"forward", "mock", "record", "replay", "spy", "state"}));
}

}  // namespace
}  // namespace shep::pipeline
