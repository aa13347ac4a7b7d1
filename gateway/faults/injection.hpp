#pragma once

#include "core/result.hpp"
#include "faults/catalogue.hpp"

#include <chrono>
#include <string>
#include <string_view>

namespace shep::faults {

inline constexpr std::chrono::milliseconds usual_time{10'000};
inline constexpr std::chrono::milliseconds longest_time{60'000};

/// One fault, ready to be done.
struct injection {
  kind what = kind::connection_reset;
  std::string code, message, data;              ///< FAULT_ERRORINFO only; an empty code is SCE909
  std::chrono::milliseconds time = usual_time;  ///< SLOW_DRIP and STALL only; 0 to longest_time
  friend bool operator==(const injection&, const injection&) = default;
};

/// Who asked for it. A header outranks an order of the admin API, which outranks a mapping.
enum class origin { mapping, admin, header };
std::string_view name_of(origin);

/// The kind of that name. Error fault_unknown, with the nearest name as hint; `where` goes into the problem.
result<kind> find_kind(std::string_view name, std::string_view where);

/// Refuses parameters that the kind does not have, and a time out of bounds. Error fault_parameter.
result<void> check(const injection&, bool has_texts, bool has_time, std::string_view where);

/// "NAME; code=SCE015; message=…; milliseconds=3000", the value of X-Shepsim-Fault. Errors: fault_unknown, fault_parameter.
result<injection> parse(std::string_view text);

}  // namespace shep::faults
