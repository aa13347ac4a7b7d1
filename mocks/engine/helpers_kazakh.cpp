#include "core/date_time.hpp"
#include "mocks/engine/chance.hpp"
#include "mocks/engine/date_pattern.hpp"
#include "mocks/engine/template_helpers.hpp"
#include "mocks/engine/workday.hpp"
#include "mocks/population/identifiers.hpp"

#include <charconv>

namespace shep::mocks {
namespace {

namespace json = boost::json;
using namespace std::chrono;

constexpr std::string_view workday_arguments[] = {"offset", "from", "format", "timezone"};
constexpr std::string_view birth_argument[] = {"birthDate"};
constexpr std::string_view registered_argument[] = {"registered"};
constexpr std::int64_t furthest_workday = 1000;

result<minutes> zone_of(const helper_call& c, std::size_t argument) {
  const auto name = c.text(argument);
  return name.empty() ? result<minutes>(c.context.around.zone) : named_zone(name);
}

result<json::value> workday(const helper_call& c) {
  const auto zone = zone_of(c, 3);
  if (!zone) return zone.error();
  std::int64_t offset = 0;
  if (const auto text = c.text(0); !text.empty()) {
    const std::string_view digits = std::string_view(text).substr(text.starts_with('+') ? 1 : 0);
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), offset);
    if (error != std::errc() || end != digits.data() + digits.size() || offset > furthest_workday || offset < -furthest_workday)
      return unusable("the offset of workday must be a whole number from -1000 to 1000");
  }
  auto day = floor<days>(c.context.view.now + *zone);
  if (const auto from = c.text(1); !from.empty()) {
    const auto read = from.find('T') == std::string::npos ? parse_date(from) : parse_date_time(from);
    if (!read) return unusable(read.error().detail, "'from' is an xs:date or xs:dateTime");
    day = floor<days>(read->offset ? read->utc + *zone : read->utc);
  }
  const auto found = working_day(day, offset);
  auto text = format_time(c.named[2] ? c.text(2) : "yyyy-MM-dd", time_point(found) - *zone, *zone);
  if (!text) return text.error();
  return json::value(*text);
}

problem no_chance() { return unusable("there is no source of random values here"); }

/// The first number with a check digit among those that chance offers: one in eleven has none.
json::value numbered(ids& source, const std::string& front) {
  while (true) {
    const std::string eleven = front + random_text(source, "0123456789", 11 - front.size());
    if (const auto check = population::check_digit(eleven)) return json::value(eleven + *check);
  }
}

std::string two_digits(unsigned value) { return {static_cast<char>('0' + value / 10 % 10), static_cast<char>('0' + value % 10)}; }

/// Within forty years from 1965, all of them grown up.
sys_days some_birthday(ids& source) {
  const std::string digits = random_text(source, "0123456789", 6);
  int number = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return sys_days(year(1965) / January / 1) + days(number % (40 * 365));
}

/// The day that the argument names, some day when it is empty.
result<year_month_day> day_of(const helper_call& c, sys_days otherwise) {
  const auto given = c.text(0);
  if (given.empty()) return year_month_day(otherwise);
  const auto read = parse_date(given);
  if (!read) return unusable(read.error().detail, "an xs:date, or '' for some day");
  return year_month_day(floor<days>(read->utc));
}

std::string year_and_month(const year_month_day& date) {
  return two_digits(static_cast<unsigned>(static_cast<int>(date.year()) % 100)) + two_digits(static_cast<unsigned>(date.month()));
}

/// Seventh digit 0: no citizen has such a number (population::is_test_iin).
result<json::value> iin(const helper_call& c) {
  ids* source = c.context.around.identifiers;
  if (!source) return no_chance();
  const auto born = day_of(c, some_birthday(*source));
  if (!born) return born.error();
  return numbered(*source, year_and_month(*born) + two_digits(static_cast<unsigned>(born->day())) + "0");
}

/// Fifth digit 9: no company has such a number (population::is_test_bin).
result<json::value> bin(const helper_call& c) {
  ids* source = c.context.around.identifiers;
  if (!source) return no_chance();
  const auto registered = day_of(c, some_birthday(*source) + days(3650));
  if (!registered) return registered.error();
  return numbered(*source, year_and_month(*registered) + "90");
}

constexpr std::size_t number_cost = 20;

constexpr helper workday_helper() {
  helper h;
  h.name = "workday";
  h.named = workday_arguments;
  h.cost = number_cost;
  h.run = workday;
  return h;
}

constexpr helper number_helper(std::string_view name, std::span<const std::string_view> named,
                               result<json::value> (*run)(const helper_call&)) {
  helper h;
  h.name = name;
  h.named = named;
  h.required = 1;
  h.only_with_names = true;
  h.cost = number_cost;
  h.run = run;
  return h;
}

constexpr helper kazakh_table[] = {workday_helper(), number_helper("iin", birth_argument, iin),
                                   number_helper("bin", registered_argument, bin)};

}  // namespace

std::span<const helper> kazakh_helpers() { return kazakh_table; }

}  // namespace shep::mocks
