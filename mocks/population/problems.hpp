#pragma once

#include "core/problem.hpp"

namespace shep::population::problems {

inline constexpr problem_code bad_json{"population.json", "the population file is not valid JSON"};
inline constexpr problem_code bad_record{"population.record", "a record of the population file is incomplete or malformed"};
inline constexpr problem_code not_a_test_number{"population.not_a_test_number", "a record's number could belong to somebody in real life"};
inline constexpr problem_code dangling_reference{"population.dangling_reference", "a record names somebody who is not in the population"};

}  // namespace shep::population::problems
