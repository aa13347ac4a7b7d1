#pragma once

#include "core/clock.hpp"
#include "core/result.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

/// XML Schema part 2 date and dateTime (section 3.2.7): years 0001 to 9999, no leap second.
namespace shep {

struct date_time {
  time_point utc;                              ///< without a zone in the text: the instant if the text were UTC
  std::optional<std::chrono::minutes> offset;  ///< zone of the text; empty when the text names none
};

/// "2030-01-02T03:04:05.678+05:00"; 0 to 9 digits of fraction (digits past microseconds are cut), zone optional, 24:00:00 allowed.
result<date_time> parse_date_time(std::string_view text);

/// "2030-01-02" with optional zone: the start of that day.
result<date_time> parse_date(std::string_view text);

/// Milliseconds always written, zone as +hh:mm.
std::string format_date_time(time_point, std::chrono::minutes offset);
std::string format_date(time_point, std::chrono::minutes offset);
std::string format_utc(time_point);  ///< "2030-01-02T03:04:05.678Z"

/// "+05:00", "-03:30", "Z".
result<std::chrono::minutes> parse_zone(std::string_view text);

namespace problems {
inline constexpr problem_code bad_time{"core.time", "text is not a valid date or time"};
}  // namespace problems

}  // namespace shep
