#pragma once

#include "core/problem.hpp"

namespace shep::problems {
inline constexpr problem_code fault_unknown{"faults.unknown", "there is no such fault"};
inline constexpr problem_code fault_parameter{"faults.parameter", "the fault has no such parameter"};
inline constexpr problem_code fault_key{"faults.key", "there is no key that this fault could sign with"};
inline constexpr problem_code fault_passed_on{"faults.passed_on", "the fault cannot be made in an answer that is passed on as received"};
}  // namespace shep::problems
