#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// Numbers with units as people write them in shepsim.toml.
namespace shep::config {

/// "10MiB", "64KiB", "1GiB", "512B" or plain digits. Empty when it is not that, or too large.
std::optional<std::int64_t> parse_size(std::string_view);
std::string format_size(std::uint64_t octets);  ///< in the largest unit that divides it

/// "250ms", "30s", "5m", "1h" or plain digits (milliseconds).
std::optional<std::int64_t> parse_milliseconds(std::string_view);
std::string format_milliseconds(std::chrono::milliseconds);

/// "+05:00".
std::string format_zone(std::chrono::minutes);

/// Decimal digits, a minus sign allowed, nothing else.
std::optional<std::int64_t> parse_integer(std::string_view);

}  // namespace shep::config
