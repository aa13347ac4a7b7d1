#include "config/units.hpp"

#include <charconv>
#include <cstdio>
#include <span>

namespace shep::config {
namespace {

struct unit {
  std::string_view name;
  std::int64_t factor;
};
constexpr unit sizes[] = {{"GiB", 1 << 30}, {"MiB", 1 << 20}, {"KiB", 1 << 10}, {"B", 1}};
constexpr unit durations[] = {{"h", 3'600'000}, {"ms", 1}, {"m", 60'000}, {"s", 1000}};

std::optional<std::int64_t> parse_with_unit(std::string_view text, std::span<const unit> units) {
  std::int64_t factor = 1;
  for (const unit& u : units)
    if (text.ends_with(u.name)) {
      factor = u.factor;
      text.remove_suffix(u.name.size());
      break;
    }
  const auto count = parse_integer(text);
  std::int64_t total = 0;
  if (!count || *count < 0 || __builtin_mul_overflow(*count, factor, &total)) return {};
  return total;
}

}  // namespace

std::optional<std::int64_t> parse_size(std::string_view text) { return parse_with_unit(text, sizes); }

std::optional<std::int64_t> parse_milliseconds(std::string_view text) { return parse_with_unit(text, durations); }

std::string format_size(std::uint64_t octets) {
  for (const unit& u : sizes)
    if (octets >= static_cast<std::uint64_t>(u.factor) && octets % static_cast<std::uint64_t>(u.factor) == 0)
      return std::to_string(octets / static_cast<std::uint64_t>(u.factor)) + std::string(u.name);
  return "0B";
}

std::string format_milliseconds(std::chrono::milliseconds time) {
  const std::int64_t count = time.count();
  if (count == 0) return "0s";
  if (count % 3'600'000 == 0) return std::to_string(count / 3'600'000) + "h";
  if (count % 60'000 == 0) return std::to_string(count / 60'000) + "m";
  if (count % 1000 == 0) return std::to_string(count / 1000) + "s";
  return std::to_string(count) + "ms";
}

std::string format_zone(std::chrono::minutes offset) {
  const auto total = static_cast<int>(offset.count() < 0 ? -offset.count() : offset.count());
  char text[16];
  std::snprintf(text, sizeof text, "%c%02d:%02d", offset.count() < 0 ? '-' : '+', total / 60 % 100, total % 60);
  return text;
}

std::optional<std::int64_t> parse_integer(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return {};
  return number;
}

}  // namespace shep::config
