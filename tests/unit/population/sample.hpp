#pragma once

#include "mocks/population/identifiers.hpp"
#include "mocks/population/kinship.hpp"

#include <cstdio>
#include <string>
#include <vector>

/// Numbers of generated people and companies, the same ones in every run.
namespace shep::population::test {

/// Spread over the whole calendar and all serials.
inline std::vector<std::string> numbers_of_people(std::size_t count) {
  std::vector<std::string> numbers;
  for (std::int32_t i = 0; numbers.size() < count; ++i) {
    if (const auto iin = iin_of({i * 37 % days_counted, i * 7919 % serials_a_day})) numbers.push_back(*iin);
  }
  return numbers;
}

/// Of every month that has companies; one in seven is a branch or a representation. The first ones of all do not exist.
inline std::vector<std::string> numbers_of_companies(std::size_t count) {
  std::vector<std::string> numbers;
  for (int i = 0; numbers.size() < count; ++i) {
    const int month = i % (35 * 12);
    char start[16];
    std::snprintf(start, sizeof start, "%02d%02d9%d%05d", (91 + month / 12) % 100, month % 12 + 1, i % 7 == 0 ? 1 + i % 2 : 0,
                  i * 6151 % 100000);
    if (const auto last = check_digit(start)) numbers.push_back(std::string(start) + *last);
  }
  return numbers;
}

}  // namespace shep::population::test
