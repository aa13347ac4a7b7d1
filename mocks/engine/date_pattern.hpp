#pragma once

#include "core/clock.hpp"
#include "core/result.hpp"

#include <chrono>
#include <string>
#include <string_view>

/// Times as templates write them, with the words of WireMock.
namespace shep::mocks {

/// Patterns of Java's SimpleDateFormat as far as numbers go: y M d H h m s S a, X (Z, +05), XX (+0500), XXX (+05:00), Z (+0500),
/// 'quoted text'; or "epoch" (milliseconds) or "unix" (seconds) alone. Error: problems::template_value.
result<std::string> format_time(std::string_view pattern, time_point, std::chrono::minutes zone);

/// "3 days", "-2 months 1 hours": seconds, minutes, hours, days, weeks, months, years, also in the singular. Months and years keep the
/// day of the month where it exists and fall back to the last one where it does not, in civil time of `zone`.
result<time_point> shifted(time_point, std::string_view offset, std::chrono::minutes zone);

/// "+05:00", "Z", "UTC", "GMT", and the zones of Kazakhstan by name ("Asia/Almaty": +05:00, as since 2024-03-01).
result<std::chrono::minutes> named_zone(std::string_view);

}  // namespace shep::mocks
