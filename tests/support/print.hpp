#pragma once

#include "core/problem.hpp"

#include <ostream>

/// How our values look in a failed expectation.
namespace shep {

inline void PrintTo(const problem_code& code, std::ostream* out) { *out << '"' << code.name << '"'; }
inline void PrintTo(const problem& p, std::ostream* out) { *out << describe(p); }

}  // namespace shep
