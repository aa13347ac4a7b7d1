#include "calling.hpp"
#include "protocol/problems.hpp"

#include <algorithm>

#include <gtest/gtest.h>

namespace shep::adapters {
namespace {

using namespace testing;

std::shared_ptr<const adapter> made(std::string_view name, const std::string& mappings = R"({"mappings": []})") {
  const auto rows = catalogue();
  return (*std::find_if(rows.begin(), rows.end(), [&](const kind* k) { return k->name == name; }))->make(parts_with(mappings));
}

TEST(Forward, AnswersWithTheRecipientsDocument) {
  const question q("ECHO");
  const auto e = ask(*made("forward"), q.within(never));
  ASSERT_EQ(told(e), "reply: SCSS001");
  EXPECT_EQ((*e.answer)->document.find("<real"), 0U) << (*e.answer)->document;
}

TEST(Forward, SaysThatARouteHasNoTarget) {
  const question q("NOBODY");
  EXPECT_EQ(told(ask(*made("forward"), q.within(never))), problems::recipient_unavailable.name);
}

TEST(Forward, A07_AMessageThatIsBackEndsHere) {
  const question q("ECHO");
  call c = q.within(never);
  c.hops = "somebody, test";
  EXPECT_EQ(told(ask(*made("forward"), c)), problems::recipient_unavailable.name);
}

TEST(Spy, AnswersWhereAMappingMatchesAndForwardsOtherwise) {
  const question q("ECHO");
  EXPECT_EQ((*ask(*made("spy", usual_mappings()), q.within(never)).answer)->document, "<echo id='m-1'>portal</echo>");
  EXPECT_EQ((*ask(*made("spy"), q.within(never)).answer)->document.find("<real"), 0U);
}

TEST(Replay, SaysThatNothingWasRecorded) {
  const question q("ECHO");
  EXPECT_EQ(told(ask(*made("replay"), q.within(never))), problems::no_match.name);
}

TEST(State, IsTheSameEngineAsMock) {
  const question q("ECHO");
  EXPECT_EQ((*ask(*made("state", usual_mappings()), q.within(never)).answer)->document, "<echo id='m-1'>portal</echo>");
}

}  // namespace
}  // namespace shep::adapters
