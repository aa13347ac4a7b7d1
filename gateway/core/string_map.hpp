#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace shep {

struct string_hash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const noexcept { return std::hash<std::string_view>{}(text); }
};

/// By name, found by a string_view without making a string, and in a step or two however many names there are. Order of iteration means
/// nothing.
template <class Value>
using string_map = std::unordered_map<std::string, Value, string_hash, std::equal_to<>>;

}  // namespace shep
