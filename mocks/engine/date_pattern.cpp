#include "mocks/engine/date_pattern.hpp"

#include "core/date_time.hpp"
#include "mocks/engine/template_helpers.hpp"

#include <charconv>
#include <cstdio>

namespace shep::mocks {
namespace {

using namespace std::chrono;

// Years that four digits can name (XML Schema part 2 section 3.2.7).
constexpr year first_year{1};
constexpr year last_year{9999};

std::string padded(std::int64_t value, std::size_t width) {
  std::string digits = std::to_string(value);
  return digits.size() < width ? std::string(width - digits.size(), '0') + digits : digits;
}

std::string zone_text(minutes zone, bool colon, bool hours_only) {
  const auto whole = zone.count() < 0 ? -zone.count() : zone.count();
  std::string text = (zone.count() < 0 ? "-" : "+") + padded(whole / 60, 2);
  if (hours_only && whole % 60 == 0) return text;
  return text + (colon ? ":" : "") + padded(whole % 60, 2);
}

struct civil_time {
  year_month_day day;
  hh_mm_ss<microseconds> clock;
};

civil_time civil_of(time_point instant, minutes zone) {
  const auto local = instant + zone;
  const auto midnight = floor<days>(local);
  return {year_month_day(midnight), hh_mm_ss<microseconds>(local - midnight)};
}

/// Nothing when the letter is not part of the language.
std::optional<std::string> field(char letter, std::size_t count, const civil_time& t, minutes zone) {
  switch (letter) {
    case 'y': {
      const int y = static_cast<int>(t.day.year());
      return count == 2 ? padded(y % 100, 2) : padded(y, count);
    }
    case 'M':
      if (count > 2) return std::nullopt;
      return padded(static_cast<unsigned>(t.day.month()), count);
    case 'd': return padded(static_cast<unsigned>(t.day.day()), count);
    case 'H': return padded(t.clock.hours().count(), count);
    case 'h': return padded((t.clock.hours().count() + 11) % 12 + 1, count);
    case 'm': return padded(t.clock.minutes().count(), count);
    case 's': return padded(t.clock.seconds().count(), count);
    case 'S': return padded(duration_cast<milliseconds>(t.clock.subseconds()).count(), count);
    case 'a': return std::string(t.clock.hours() < hours(12) ? "AM" : "PM");
    case 'Z': return zone_text(zone, false, false);
    case 'X':
      if (count > 3) return std::nullopt;
      if (zone == minutes(0)) return std::string("Z");
      return zone_text(zone, count == 3, count == 1);
    default: return std::nullopt;
  }
}

result<time_point> shifted_by(time_point from, std::int64_t amount, std::string_view unit, minutes zone) {
  if (unit.ends_with('s')) unit.remove_suffix(1);
  // About a century each, so that every product below stays far from overflow.
  if (amount > 3'200'000'000 || amount < -3'200'000'000) return unusable("the offset is larger than a century");
  if (unit == "second") return from + seconds(amount);
  if (amount > 60'000'000 || amount < -60'000'000) return unusable("the offset is larger than a century");
  if (unit == "minute") return from + minutes(amount);
  if (amount > 1'000'000 || amount < -1'000'000) return unusable("the offset is larger than a century");
  if (unit == "hour") return from + hours(amount);
  if (amount > 40'000 || amount < -40'000) return unusable("the offset is larger than a century");
  if (unit == "day") return from + days(amount);
  if (unit == "week") return from + weeks(amount);
  if (unit != "month" && unit != "year")
    return unusable("'" + std::string(unit) + "' is not a unit of time", "seconds, minutes, hours, days, weeks, months or years");
  // std::chrono::year counts to 32767.
  if (amount > 10'000 || amount < -10'000) return unusable("the offset is too large");
  const auto local = from + zone;
  const auto midnight = floor<days>(local);
  auto day = year_month_day(midnight) + months(static_cast<int>(unit == "year" ? amount * 12 : amount));
  if (!day.ok()) day = year_month_day(day.year() / day.month() / last);
  return time_point(sys_days(day) + (local - midnight)) - zone;
}

}  // namespace

result<std::string> format_time(std::string_view pattern, time_point instant, minutes zone) {
  if (pattern == "epoch") return std::to_string(floor<milliseconds>(instant.time_since_epoch()).count());
  if (pattern == "unix") return std::to_string(floor<seconds>(instant.time_since_epoch()).count());
  const civil_time t = civil_of(instant, zone);
  if (t.day.year() < first_year || t.day.year() > last_year) return unusable("the time lies outside the years 0001 to 9999");
  std::string text;
  for (std::size_t i = 0; i < pattern.size();) {
    const char c = pattern[i];
    if (c == '\'') {
      const auto end = pattern.find('\'', i + 1);
      if (end == std::string_view::npos) return unusable("a quoted text in the format '" + std::string(pattern) + "' is never closed");
      text += end == i + 1 ? "'" : std::string(pattern.substr(i + 1, end - i - 1));
      i = end + 1;
      continue;
    }
    if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))) {
      text += c;
      ++i;
      continue;
    }
    const auto count = std::min(pattern.find_first_not_of(c, i), pattern.size()) - i;
    const auto part = count <= 9 ? field(c, count, t, zone) : std::nullopt;
    if (!part)
      return unusable("'" + std::string(pattern.substr(i, std::min<std::size_t>(count, 9))) + "' is not known in a date format",
                      "y M d H h m s S a X Z, numbers only; other text between single quotes");
    text += *part;
    i += count;
  }
  return text;
}

result<time_point> shifted(time_point from, std::string_view offset, minutes zone) {
  std::size_t at = 0;
  const auto word = [&] {
    at = std::min(offset.find_first_not_of(' ', at), offset.size());
    const auto end = std::min(offset.find(' ', at), offset.size());
    const auto found = offset.substr(at, end - at);
    at = end;
    return found;
  };
  for (auto number = word(); !number.empty(); number = word()) {
    if (number.front() == '+') number.remove_prefix(1);
    std::int64_t amount = 0;
    const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), amount);
    const auto unit = word();
    if (error != std::errc() || end != number.data() + number.size() || unit.empty())
      return unusable("'" + std::string(offset) + "' is not an offset of time", "write it as '3 days' or '-2 months'");
    auto moved = shifted_by(from, amount, unit, zone);
    if (!moved) return moved;
    from = *moved;
    const auto y = civil_of(from, zone).day.year();
    if (y < first_year || y > last_year) return unusable("the offset leads outside the years 0001 to 9999");
  }
  return from;
}

result<minutes> named_zone(std::string_view name) {
  constexpr std::string_view kazakhstan[] = {"Asia/Almaty", "Asia/Aqtau",    "Asia/Aqtobe",   "Asia/Atyrau",
                                             "Asia/Oral",   "Asia/Qostanay", "Asia/Qyzylorda"};
  if (name == "UTC" || name == "GMT") return minutes(0);
  for (const auto known : kazakhstan)
    if (name == known) return minutes(300);
  auto zone = parse_zone(name);
  if (!zone) return unusable("'" + std::string(name) + "' is not a known time zone", "an offset such as +05:00, UTC, or Asia/Almaty");
  return zone;
}

}  // namespace shep::mocks
