#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace shep::journal {

/// The 64-bit check value of FORMAT.md: notices damage, does not resist forgery. About five octets a nanosecond.
class check_value {
 public:
  void add(std::uint64_t word) {
    value_ = (value_ ^ word) * 0x9E3779B97F4A7C15ULL;
    value_ ^= value_ >> 32;
  }

  void add(std::string_view octets) {
    static_assert(std::endian::native == std::endian::little, "words are read as they lie in memory");
    add(std::uint64_t{octets.size()});
    std::uint64_t word = 0;
    while (octets.size() >= sizeof word) {
      std::memcpy(&word, octets.data(), sizeof word);
      add(word);
      octets.remove_prefix(sizeof word);
    }
    if (octets.empty()) return;
    word = 0;
    std::memcpy(&word, octets.data(), octets.size());
    add(word);
  }

  /// A body; null is "none", which is not the same as empty.
  void add(const std::string* body) {
    if (body) add(std::string_view(*body));
    else add(~std::uint64_t{0});
  }

  std::int64_t value() const { return static_cast<std::int64_t>(value_); }

 private:
  std::uint64_t value_ = 0x53484550;
};

}  // namespace shep::journal
