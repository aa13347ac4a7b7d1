#include "core/date_time.hpp"

#include <cstdio>

namespace shep {
namespace {

using namespace std::chrono;

/// Reads fixed-width decimal fields from the left; `failed` sticks.
struct scanner {
  std::string_view rest;
  bool failed = false;

  int number(std::size_t width) {
    if (rest.size() < width) return fail();
    int value = 0;
    for (std::size_t i = 0; i < width; ++i) {
      if (rest[i] < '0' || rest[i] > '9') return fail();
      value = value * 10 + (rest[i] - '0');
    }
    rest.remove_prefix(width);
    return value;
  }
  void expect(char c) {
    if (rest.empty() || rest.front() != c) fail();
    else rest.remove_prefix(1);
  }
  bool accept(char c) {
    if (rest.empty() || rest.front() != c) return false;
    rest.remove_prefix(1);
    return true;
  }
  int fail() {
    failed = true;
    return 0;
  }
};

problem bad_time(std::string_view text, std::string_view expected) {
  return {problems::bad_time, "'" + std::string(text.substr(0, 64)) + "' is not " + std::string(expected)};
}

std::optional<minutes> read_zone(scanner& s) {
  if (s.accept('Z')) return minutes(0);
  if (s.rest.empty() || (s.rest.front() != '+' && s.rest.front() != '-')) return std::nullopt;
  const int sign = s.rest.front() == '-' ? -1 : 1;
  s.rest.remove_prefix(1);
  const int hours_part = s.number(2);
  s.expect(':');
  const int minutes_part = s.number(2);
  if (hours_part > 14 || minutes_part > 59 || (hours_part == 14 && minutes_part != 0)) s.fail();
  return minutes(sign * (hours_part * 60 + minutes_part));
}

sys_days read_day(scanner& s) {
  const year y(s.number(4));
  s.expect('-');
  const month m(static_cast<unsigned>(s.number(2)));
  s.expect('-');
  const day d(static_cast<unsigned>(s.number(2)));
  const year_month_day date(y, m, d);
  if (!date.ok() || static_cast<int>(y) == 0) {
    s.fail();
    return {};
  }
  return sys_days(date);
}

microseconds read_fraction(scanner& s) {
  if (!s.accept('.')) return microseconds(0);
  std::int64_t value = 0;
  int count = 0;
  while (!s.rest.empty() && s.rest.front() >= '0' && s.rest.front() <= '9') {
    if (count < 6) value = value * 10 + (s.rest.front() - '0');
    s.rest.remove_prefix(1);
    ++count;
  }
  if (count == 0 || count > 9) s.fail();
  for (; count < 6; ++count) value *= 10;
  return microseconds(value);
}

date_time finish(time_point local, std::optional<minutes> offset) { return {local - offset.value_or(minutes(0)), offset}; }

struct civil {
  year_month_day date;
  hh_mm_ss<microseconds> time;
};

civil to_civil(time_point t, minutes offset) {
  const time_point local = t + offset;
  const sys_days midnight = floor<days>(local);
  return {year_month_day(midnight), hh_mm_ss<microseconds>(local - midnight)};
}

}  // namespace

result<date_time> parse_date_time(std::string_view text) {
  scanner s{text};
  const sys_days date = read_day(s);
  s.expect('T');
  const int h = s.number(2);
  s.expect(':');
  const int m = s.number(2);
  s.expect(':');
  const int sec = s.number(2);
  const microseconds fraction = read_fraction(s);
  const std::optional<minutes> offset = read_zone(s);
  const bool end_of_day = h == 24 && m == 0 && sec == 0 && fraction.count() == 0;
  if (s.failed || !s.rest.empty() || (h > 23 && !end_of_day) || m > 59 || sec > 59)
    return bad_time(text, "an xs:dateTime such as 2030-01-02T03:04:05.678+05:00");
  return finish(time_point(date) + hours(h) + minutes(m) + seconds(sec) + fraction, offset);
}

result<date_time> parse_date(std::string_view text) {
  scanner s{text};
  const sys_days date = read_day(s);
  const std::optional<minutes> offset = read_zone(s);
  if (s.failed || !s.rest.empty()) return bad_time(text, "an xs:date such as 2030-01-02");
  return finish(time_point(date), offset);
}

result<minutes> parse_zone(std::string_view text) {
  scanner s{text};
  const std::optional<minutes> offset = read_zone(s);
  if (!offset || s.failed || !s.rest.empty()) return bad_time(text, "a zone such as +05:00 or Z");
  return *offset;
}

std::string format_date(time_point t, minutes offset) {
  const civil c = to_civil(t, offset);
  char text[32];
  std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(c.date.year()), static_cast<unsigned>(c.date.month()),
                static_cast<unsigned>(c.date.day()));
  return text;
}

std::string format_date_time(time_point t, minutes offset) {
  const civil c = to_civil(t, offset);
  const auto zone = static_cast<int>(offset.count());
  const int distance = zone < 0 ? -zone : zone;
  char text[64];
  std::snprintf(text, sizeof text, "T%02d:%02d:%02d.%03d%c%02d:%02d", static_cast<int>(c.time.hours().count()),
                static_cast<int>(c.time.minutes().count()), static_cast<int>(c.time.seconds().count()),
                static_cast<int>(c.time.subseconds().count() / 1000), zone < 0 ? '-' : '+', distance / 60 % 100, distance % 60);
  return format_date(t, offset) + text;
}

std::string format_utc(time_point t) {
  std::string text = format_date_time(t, minutes(0));
  text.replace(text.size() - 6, 6, "Z");
  return text;
}

}  // namespace shep
