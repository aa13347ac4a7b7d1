#pragma once

#include "forensics/visit.hpp"

namespace shep::forensics {

/// What a text shows of what may have happened to it, most telling first; nothing of it is proven. `canonical`: the signed part as it is
/// now, empty when unknown. Linear.
steps patterns_in(std::string_view received, std::string_view canonical);

}  // namespace shep::forensics
