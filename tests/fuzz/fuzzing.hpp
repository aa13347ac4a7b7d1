#pragma once

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

/// What every fuzz target needs. A target is called by libFuzzer with any octets at all; it returns, or the octets are a finding.
namespace shep::fuzz {

inline std::string octets(const std::uint8_t* data, std::size_t size) { return {reinterpret_cast<const char*>(data), size}; }

/// Ends the program when a promise of the code under test does not hold, so that libFuzzer keeps the input.
inline void promise(bool kept, std::string_view sentence) {
  if (kept) return;
  std::fprintf(stderr, "broken promise: %.*s\n", static_cast<int>(sentence.size()), sentence.data());
  std::abort();
}

}  // namespace shep::fuzz
