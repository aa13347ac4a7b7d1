#include "mocks/engine/date_reader.hpp"

#include "core/date_time.hpp"
#include "mocks/engine/template_helpers.hpp"

#include <charconv>
#include <optional>

namespace shep::mocks {
namespace {

using namespace std::chrono;

constexpr std::size_t longest_time_format = 64;

problem differs(std::string_view text, std::string_view pattern) {
  return unusable("'" + std::string(text.substr(0, 64)) + "' is not a time in the format " + std::string(pattern));
}

struct civil_parts {
  std::int64_t year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0, milli = 0;
  std::optional<minutes> offset;

  std::int64_t* number(char letter) {
    switch (letter) {
      case 'y': return &year;
      case 'M': return &month;
      case 'd': return &day;
      case 'H': return &hour;
      case 'm': return &minute;
      case 's': return &second;
      case 'S': return &milli;
      default: return nullptr;
    }
  }

  result<time_point> instant(minutes zone) const {
    const auto date = std::chrono::year(static_cast<int>(year)) / std::chrono::month(static_cast<unsigned>(month)) /
                      std::chrono::day(static_cast<unsigned>(day));
    if (!date.ok() || hour > 23 || minute > 59 || second > 59) return unusable("there is no such day or time");
    const auto local = sys_days(date) + hours(hour) + minutes(minute) + seconds(second) + milliseconds(milli);
    return time_point(local) - offset.value_or(zone);
  }
};

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// Digits at the front of the text, as many as a field of that width takes.
bool take_number(std::string_view& text, std::size_t width, bool exact, std::int64_t& into) {
  const auto most = std::min(text.size(), exact ? width : std::size_t{4});
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + most, value);
  const auto taken = static_cast<std::size_t>(end - text.data());
  if (error != std::errc() || value < 0 || (exact && taken != width)) return false;
  into = value;
  text.remove_prefix(taken);
  return true;
}

bool take_zone(std::string_view& text, civil_parts& parts) {
  std::string zone;
  if (text.starts_with('Z')) zone = "Z";
  else if (text.size() >= 6 && text[3] == ':') zone = text.substr(0, 6);
  else if (text.size() >= 5) zone = std::string(text.substr(0, 3)) + ":" + std::string(text.substr(3, 2));
  else return false;
  const auto read = parse_zone(zone);
  if (!read) return false;
  parts.offset = *read;
  text.remove_prefix(zone == "Z" ? 1 : text[3] == ':' ? 6 : 5);
  return true;
}

/// One run of a pattern after the other. `use` gets a letter and its count, or zero and literal text; false stops.
template <class Use>
bool each_part(std::string_view pattern, Use use) {
  for (std::size_t i = 0; i < pattern.size();) {
    const char c = pattern[i];
    if (c == '\'') {
      const auto end = pattern.find('\'', i + 1);
      if (end == std::string_view::npos) return false;
      if (!use('\0', 0, end == i + 1 ? std::string_view("'") : pattern.substr(i + 1, end - i - 1))) return false;
      i = end + 1;
      continue;
    }
    const auto count = is_letter(c) ? std::min(pattern.find_first_not_of(c, i), pattern.size()) - i : 1;
    if (!use(is_letter(c) ? c : '\0', count, pattern.substr(i, count))) return false;
    i += count;
  }
  return true;
}

result<time_point> count_since_epoch(std::string_view text, std::int64_t per_second) {
  constexpr std::int64_t last_second = 253'402'300'799;  // of the year 9999
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value < 0 || value / per_second > last_second)
    return unusable("'" + std::string(text.substr(0, 64)) + "' is not a count since 1970");
  return time_point(microseconds(value * (1'000'000 / per_second)));
}

}  // namespace

result<void> check_time_pattern(std::string_view pattern) {
  if (pattern == "epoch" || pattern == "unix") return {};
  civil_parts parts;
  const bool known =
      !pattern.empty() && pattern.size() <= longest_time_format &&
      each_part(pattern, [&](char c, std::size_t, std::string_view) { return c == '\0' || parts.number(c) || c == 'X' || c == 'Z'; });
  if (known) return {};
  return unusable("'" + std::string(pattern.substr(0, longest_time_format)) + "' is not a format of times",
                  "y M d H m s S X Z, numbers only; other text between single quotes; or epoch, unix");
}

result<time_point> read_time(std::string_view text, std::string_view pattern, minutes zone) {
  if (pattern == "epoch") return count_since_epoch(text, 1000);
  if (pattern == "unix") return count_since_epoch(text, 1);
  if (pattern.empty()) {
    const auto read = text.find('T') == std::string_view::npos ? parse_date(text) : parse_date_time(text);
    if (!read) return read.error();
    return read->offset ? read->utc : read->utc - zone;
  }
  civil_parts parts;
  std::string_view rest = text;
  const bool fits = each_part(pattern, [&](char c, std::size_t count, std::string_view literal) {
    if (c == 'X' || c == 'Z') return take_zone(rest, parts);
    if (auto* number = parts.number(c)) {
      if (!take_number(rest, count, count > 1, *number)) return false;
      if (c == 'y' && count == 2) *number += 2000;
      return true;
    }
    if (c != '\0' || !rest.starts_with(literal)) return false;
    rest.remove_prefix(literal.size());
    return true;
  });
  if (!fits || !rest.empty()) return differs(text, pattern);
  return parts.instant(zone);
}

}  // namespace shep::mocks
