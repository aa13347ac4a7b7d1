#include "adapters/forwarding/breaker.hpp"

#include <gtest/gtest.h>

namespace shep::forwarding {
namespace {

using namespace std::chrono_literals;
using outcome = breaker::outcome;

constexpr breaker::time start{1h};

void fail(breaker& b, breaker::time at) { b.ended(b.admit(at).value(), outcome::failure, at); }

TEST(Breaker, F08_OpensAfterSoManyFailuresInARow) {
  breaker b({3, 10s});
  fail(b, start);
  fail(b, start);
  b.ended(b.admit(start).value(), outcome::success, start);
  fail(b, start);
  fail(b, start);
  EXPECT_EQ(b.now_state(start), breaker::state::closed) << "a success in between begins anew";
  fail(b, start);
  EXPECT_EQ(b.now_state(start), breaker::state::open);
  EXPECT_FALSE(b.would_admit(start + 9s));
  EXPECT_FALSE(b.admit(start + 9s));
}

TEST(Breaker, F08_LetsOneTryAfterThePauseAndItsEndDecides) {
  breaker b({1, 10s});
  fail(b, start);
  const auto probe = b.admit(start + 10s);
  ASSERT_TRUE(probe);
  EXPECT_TRUE(probe->probe);
  EXPECT_FALSE(b.admit(start + 11s)) << "a second one while the first tries";
  b.ended(*probe, outcome::failure, start + 12s);
  EXPECT_FALSE(b.admit(start + 21s)) << "the pause begins anew";
  const auto second = b.admit(start + 22s);
  ASSERT_TRUE(second);
  b.ended(*second, outcome::success, start + 23s);
  EXPECT_EQ(b.now_state(start + 23s), breaker::state::closed);
}

TEST(Breaker, AnAbandonedTryLetsTheNextOneTry) {
  breaker b({1, 10s});
  fail(b, start);
  b.ended(b.admit(start + 10s).value(), outcome::neither, start + 10s);
  EXPECT_TRUE(b.admit(start + 10s));
}

TEST(Breaker, WhatBeganBeforeItOpenedNeitherClosesNorExtendsIt) {
  breaker b({1, 10s});
  const auto slow_success = b.admit(start).value();
  const auto slow_failure = b.admit(start).value();
  fail(b, start);
  b.ended(slow_success, outcome::success, start + 1s);
  EXPECT_EQ(b.now_state(start + 1s), breaker::state::open);
  b.ended(slow_failure, outcome::failure, start + 9s);
  EXPECT_TRUE(b.admit(start + 10s));
}

TEST(Breaker, NeverOpensWithoutALimit) {
  breaker b({0, 10s});
  for (int i = 0; i < 100; ++i) fail(b, start);
  EXPECT_EQ(b.now_state(start), breaker::state::closed);
}

}  // namespace
}  // namespace shep::forwarding
