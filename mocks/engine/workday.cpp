#include "mocks/engine/workday.hpp"

#include <algorithm>
#include <array>

namespace shep::mocks {
namespace {

using namespace std::chrono;

// New Year, Orthodox Christmas, Women's Day, Nauryz, Unity, Defender's Day, Victory, Capital Day, Constitution, Republic, Independence.
constexpr std::array holidays = {January / 1, January / 2, January / 7, March / 8, March / 21,  March / 22,   March / 23,
                                 May / 1,     May / 7,     May / 9,     July / 6,  August / 30, October / 25, December / 16};

}  // namespace

bool is_working_day(sys_days day) {
  const weekday name(day);
  if (name == Saturday || name == Sunday) return false;
  const year_month_day date(day);
  return std::find(holidays.begin(), holidays.end(), date.month() / date.day()) == holidays.end();
}

sys_days working_day(sys_days day, std::int64_t offset) {
  const days step(offset < 0 ? -1 : 1);
  while (offset == 0 && !is_working_day(day)) day += step;
  for (; offset != 0; offset -= step.count()) {
    do day += step;
    while (!is_working_day(day));
  }
  return day;
}

}  // namespace shep::mocks
