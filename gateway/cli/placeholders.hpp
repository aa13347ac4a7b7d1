#pragma once

#include "core/result.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace shep::cli {

/// The text with every {{name}} of `settings` ("name=value") replaced by its value, escaped for XML. {{messageId}} and {{messageDate}}
/// are a new UUID and the time now unless set. A placeholder that stays unfilled is an error: problems::usage.
result<std::string> with_placeholders(std::string_view text, const std::vector<std::string>& settings);

}  // namespace shep::cli
