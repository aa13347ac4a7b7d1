#pragma once

#include "forensics/mistakes.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace shep::forensics {

/// One mistake, with what is special about this occurrence ("two spaces", "the prefix list was: soap").
struct step {
  // Constructors, because g++ 12 warns of uninitialized strings in nested aggregates (GCC bug 105562 and its kin).
  step() = default;
  step(const mistake* made, std::string special = {}) : what(made), detail(std::move(special)) {}

  const mistake* what = nullptr;
  std::string detail;
};

/// Mistakes that were made one after the other; nearly always one.
using steps = std::vector<step>;

/// Looks at candidate octets and the mistake that made them; true ends the search (found, or nothing may be spent any more).
using visitor = std::function<bool(std::string_view octets, const step&)>;

/// In the other order of octets.
inline std::string reversed(std::string_view octets) { return {octets.rbegin(), octets.rend()}; }

}  // namespace shep::forensics
