#include "adapters/forwarding/hops.hpp"

#include "protocol/problems.hpp"

#include <vector>

#include <gtest/gtest.h>

namespace shep::forwarding {
namespace {

TEST(Hops, EachProgramAddsItself) {
  EXPECT_EQ(next_hops("", "me").value(), "me");
  EXPECT_EQ(next_hops(" a,b ", "me").value(), "a, b, me");
}

TEST(Hops, A07_AMessageThatWasHereBeforeGoesNoFurther) {
  EXPECT_EQ(next_hops("a, me, b", "me").error().code, problems::recipient_unavailable);
}

TEST(Hops, A07_AChainHasAnEnd) {
  EXPECT_TRUE(next_hops("a,b,c,d,e,f,g", "me"));
  EXPECT_EQ(next_hops("a,b,c,d,e,f,g,h", "me").error().code, problems::recipient_unavailable);
}

TEST(Hops, WhatIsNoListOfNamesIsRefused) {
  for (const std::string& text : std::vector<std::string>{",", "a,,b", "a b", "a\r\nX: y", std::string(65, 'a'), "\xD0\xB0"})
    EXPECT_EQ(next_hops(text, "me").error().code, problems::message_format) << text;
}

}  // namespace
}  // namespace shep::forwarding
