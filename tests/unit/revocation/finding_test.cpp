#include "revocation/finding.hpp"

#include <gtest/gtest.h>

namespace shep::revocation {
namespace {

using namespace std::chrono_literals;
constexpr time_point noon{std::chrono::seconds(1'893'500'000)};

TEST(Finding, C06_StandsAgainstWhatWasSignedFromTheRevocationOn) {
  finding f;
  f.what = state::revoked;
  f.revoked_at = noon;
  EXPECT_FALSE(stands_against(f, noon - 1s));
  EXPECT_TRUE(stands_against(f, noon));
  f.invalid_since = noon - 24h;
  EXPECT_TRUE(stands_against(f, noon - 1s)) << "the key is suspect since the day before";
  EXPECT_FALSE(stands_against(f, noon - 25h));
  f.invalid_since = noon + 24h;
  EXPECT_TRUE(stands_against(f, noon)) << "a later invalidity date takes nothing back";
  f.what = state::on_hold;
  EXPECT_TRUE(stands_against(f, noon));
}

// RFC 3161 section 4.
TEST(Finding, C06_OnlyAHarmlessReasonLeavesOlderTokensAlone) {
  finding f;
  f.what = state::revoked;
  f.revoked_at = noon;
  EXPECT_TRUE(stands_against_token(f, noon - 1s)) << "no reason is given";
  for (const reason r : {reason::unspecified, reason::affiliation_changed, reason::superseded, reason::cessation_of_operation}) {
    f.why = r;
    EXPECT_FALSE(stands_against_token(f, noon - 1s)) << name_of(r);
    EXPECT_TRUE(stands_against_token(f, noon)) << name_of(r);
  }
  for (const reason r : {reason::key_compromise, reason::ca_compromise, reason::privilege_withdrawn, reason::aa_compromise}) {
    f.why = r;
    EXPECT_TRUE(stands_against_token(f, noon - 1s)) << name_of(r);
  }
  f.why = reason::superseded;
  f.what = state::on_hold;
  EXPECT_TRUE(stands_against_token(f, noon - 1s));
  f.what = state::good;
  EXPECT_FALSE(stands_against_token(f, noon + 1s));
}

TEST(Finding, C06_GoodAndUnknownStandAgainstNothing) {
  finding f;
  f.revoked_at = noon;
  for (const state s : {state::good, state::unknown}) {
    f.what = s;
    EXPECT_FALSE(stands_against(f, noon + 1s));
  }
}

TEST(Finding, C06_ReasonsHaveTheNumbersOfTheStandard) {
  EXPECT_EQ(reason_of(1), reason::key_compromise);
  EXPECT_EQ(reason_of(8), reason::remove_from_crl);
  EXPECT_EQ(reason_of(10), reason::aa_compromise);
  EXPECT_FALSE(reason_of(7));
  EXPECT_FALSE(reason_of(11));
  EXPECT_EQ(name_of(*reason_of(2)), "cACompromise");
  EXPECT_EQ(name_of(*reason_of(6)), "certificateHold");
}

}  // namespace
}  // namespace shep::revocation
