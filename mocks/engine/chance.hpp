#pragma once

#include "core/ids.hpp"
#include "mocks/engine/response_plan.hpp"

#include <string>
#include <string_view>

/// Chance, always drawn from `ids` so that a seed repeats it.
namespace shep::mocks {

/// Each character uniformly from `alphabet` (at most 256 octets of ASCII).
std::string random_text(ids&, std::string_view alphabet, std::size_t length);

/// One delay from the plan, between zero and `longest_delay`. Null `source`: the middle of the distribution.
std::chrono::milliseconds drawn_delay(const delay_plan&, ids* source);

}  // namespace shep::mocks
