#pragma once

#include <chrono>
#include <cstdint>

/// Working days of Kazakhstan: Monday to Friday, without the public holidays that have a fixed date. Kurban Ait, whose date moves, and days
/// off that the government shifts are working days here.
namespace shep::mocks {

bool is_working_day(std::chrono::sys_days);

/// That many working days later, or earlier when negative; for 0 the day itself if it is one, else the next one.
std::chrono::sys_days working_day(std::chrono::sys_days from, std::int64_t offset);

}  // namespace shep::mocks
