#include "core/date_time.hpp"
#include "core/ids.hpp"
#include "core/log.hpp"

#include <regex>

#include <gtest/gtest.h>

namespace shep {
namespace {

using std::chrono::minutes;

TEST(DateTime, ReadsEveryFormSeenOnTheWire) {
  const time_point expected = parse_date_time("2030-01-01T22:04:05.678Z").value().utc;
  EXPECT_EQ(parse_date_time("2030-01-02T03:04:05.678+05:00").value().utc, expected);
  EXPECT_EQ(parse_date_time("2030-01-02T04:04:05.678000123+06:00").value().utc, expected);
  EXPECT_EQ(parse_date_time("2030-01-01T22:04:05.678").value().utc, expected);
  EXPECT_FALSE(parse_date_time("2030-01-01T22:04:05.678").value().offset);
  EXPECT_EQ(parse_date_time("2030-01-01T24:00:00Z").value().utc, parse_date_time("2030-01-02T00:00:00Z").value().utc);
}

TEST(DateTime, R02_RefusesWhatIsNotXsDateTime) {
  for (const char* text : {"", "2030-01-02", "2030-13-01T00:00:00Z", "2030-02-30T00:00:00Z", "2030-01-01T25:00:00Z", "2030-01-01T00:60:00Z",
                           "2030-01-01T00:00:60Z", "2030-01-01T00:00:00.Z", "2030-01-01T00:00:00.1234567890Z", "10000-01-01T00:00:00Z",
                           "2030-01-01T00:00:00+5:00", "2030-01-01T00:00:00+15:00", "2030-01-01T00:00:00ZZ", " 2030-01-01T00:00:00Z"})
    EXPECT_FALSE(parse_date_time(text)) << text;
}

TEST(DateTime, WritesWhatItReads) {
  const time_point t = parse_date_time("2030-01-01T22:04:05.678Z").value().utc;
  EXPECT_EQ(format_date_time(t, minutes(300)), "2030-01-02T03:04:05.678+05:00");
  EXPECT_EQ(format_date_time(t, minutes(-210)), "2030-01-01T18:34:05.678-03:30");
  EXPECT_EQ(format_utc(t), "2030-01-01T22:04:05.678Z");
  EXPECT_EQ(format_date(t, minutes(300)), "2030-01-02");
  EXPECT_EQ(parse_date("2030-01-02+05:00").value().utc, parse_date_time("2030-01-01T19:00:00Z").value().utc);
}

TEST(Ids, AreUuidsAndSeededOnesRepeat) {
  const std::regex v4("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
  ids unpredictable;
  EXPECT_TRUE(std::regex_match(unpredictable.uuid(), v4));
  EXPECT_NE(unpredictable.uuid(), unpredictable.uuid());
  ids a(7);
  ids b(7);
  EXPECT_EQ(a.uuid(), b.uuid());
  EXPECT_NE(a.uuid(), a.uuid());
}

TEST(Ids, OrderedOnesSortByTime) {
  ids source;
  const time_point t = parse_date_time("2030-01-01T00:00:00Z").value().utc;
  EXPECT_LT(source.ordered(t), source.ordered(t + std::chrono::milliseconds(1)));
}

TEST(Log, MasksLongNumbersOnly) { EXPECT_EQ(log::masked("iin 990101000007 no 123"), "iin ********0007 no 123"); }

}  // namespace
}  // namespace shep
