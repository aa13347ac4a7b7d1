#pragma once

#include <span>
#include <string>
#include <string_view>

namespace shep::config {

/// "did you mean 'x'?" for the candidate that needs the fewest typing corrections; empty when none is near.
std::string suggestion(std::string_view wrong, std::span<const std::string> known);

}  // namespace shep::config
