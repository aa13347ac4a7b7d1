#include "mocks/engine/date_pattern.hpp"

#include "core/date_time.hpp"

#include <gtest/gtest.h>

namespace shep::mocks {
namespace {

using std::chrono::minutes;

time_point at(std::string_view text) { return parse_date_time(text).value().utc; }
std::string moved(std::string_view from, std::string_view offset, minutes zone = minutes(0)) {
  const auto t = shifted(at(from), offset, zone);
  return t ? format_utc(*t) : "refused";
}

TEST(FormatTime, PadsAndCutsAsJavaDoes) {
  const auto t = at("2030-03-04T15:06:07.089123Z");
  EXPECT_EQ(format_time("yyyy-MM-dd'T'HH:mm:ss.SSS", t, minutes(0)).value(), "2030-03-04T15:06:07.089");
  EXPECT_EQ(format_time("yy M d H h m s S a", t, minutes(0)).value(), "30 3 4 15 3 6 7 89 PM");
  EXPECT_EQ(format_time("X XX XXX Z", t, minutes(-210)).value(), "-0330 -0330 -03:30 -0330");
  EXPECT_EQ(format_time("X XX XXX Z", t, minutes(300)).value(), "+05 +0500 +05:00 +0500");
  EXPECT_EQ(format_time("X XX XXX Z", t, minutes(0)).value(), "Z Z Z +0000");
  EXPECT_EQ(format_time("'o''clock' ''", t, minutes(0)).value(), "oclock '");
  EXPECT_EQ(format_time("yyyy", at("2030-12-31T20:00:00Z"), minutes(300)).value(), "2031");
}

TEST(FormatTime, RefusesWhatIsNotANumber) {
  for (const char* pattern : {"EEE", "MMM", "YYYY", "zzz", "'open", "XXXX", "yyyyyyyyyyyyyyyyyyyy"})
    EXPECT_FALSE(format_time(pattern, {}, minutes(0))) << pattern;
}

TEST(Shifted, CountsInEveryUnit) {
  EXPECT_EQ(moved("2030-01-31T10:00:00Z", "1 months"), "2030-02-28T10:00:00.000Z");
  EXPECT_EQ(moved("2028-02-29T10:00:00Z", "1 years"), "2029-02-28T10:00:00.000Z");
  EXPECT_EQ(moved("2030-01-02T10:00:00Z", "-1 day 2 hours -30 minutes +5 seconds"), "2030-01-01T11:30:05.000Z");
  EXPECT_EQ(moved("2030-01-02T10:00:00Z", "2 weeks"), "2030-01-16T10:00:00.000Z");
  EXPECT_EQ(moved("2030-01-02T10:00:00Z", ""), "2030-01-02T10:00:00.000Z");
}

TEST(Shifted, MonthsAreThoseOfTheZone) { EXPECT_EQ(moved("2030-01-31T20:00:00Z", "1 months", minutes(300)), "2030-02-28T20:00:00.000Z"); }

TEST(Shifted, RefusesWhatIsNoOffsetOrLeavesTheCalendar) {
  for (const char* offset : {"days", "3", "3 fortnights", "x days", "3days", "99999999999999999999 days", "9223372036854775807 seconds",
                             "10000 years", "-3000 years",
                             "40000 weeks 40000 weeks 40000 weeks 40000 weeks 40000 weeks 40000 weeks 40000 weeks 40000 weeks 40000 weeks "
                             "40000 weeks 40000 weeks"})
    EXPECT_EQ(moved("2030-01-02T10:00:00Z", offset), "refused") << offset;
}

TEST(NamedZone, KnowsOffsetsAndTheZonesOfTheCountry) {
  EXPECT_EQ(named_zone("+06:00").value(), minutes(360));
  EXPECT_EQ(named_zone("UTC").value(), minutes(0));
  EXPECT_EQ(named_zone("Asia/Almaty").value(), minutes(300));
  EXPECT_FALSE(named_zone("Europe/Paris"));
}

}  // namespace
}  // namespace shep::mocks
