#pragma once

#include "core/clock.hpp"
#include "core/result.hpp"

#include <chrono>
#include <string_view>

/// Times as clients write them.
namespace shep::mocks {

/// An xs:dateTime or xs:date; with a pattern, a text in it: the numbers of date_pattern.hpp (y M d H m s S X Z, quoted text), "epoch" or
/// "unix". What names no zone is civil time of `zone`. Error: problems::template_value.
result<time_point> read_time(std::string_view text, std::string_view pattern, std::chrono::minutes zone);

/// A pattern that `read_time` understands, whatever the text. Error as above.
result<void> check_time_pattern(std::string_view pattern);

}  // namespace shep::mocks
