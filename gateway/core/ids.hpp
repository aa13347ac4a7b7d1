#pragma once

#include "core/clock.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace shep {

/// The only source of new identifiers. Safe from any thread; with a seed the sequence is the same in every run (tests, replay).
class ids {
 public:
  ids() = default;  ///< unpredictable, from the operating system
  explicit ids(std::uint64_t seed) : seed_(seed) {}

  /// Random UUID, RFC 4122 version 4, lower case, no braces: messageId.
  std::string uuid();

  /// The same in curly braces: SHEP's sessionId.
  std::string braced_uuid() { return "{" + uuid() + "}"; }

  /// Time-ordered UUID (version 7 layout, milliseconds): exchange ids, which the journal sorts by.
  std::string ordered(time_point now);

  /// 128 random bits as 32 hex digits, for xml ids (after a letter prefix of the caller's).
  std::string hex();

 private:
  struct octets16 {
    std::uint64_t high, low;
  };
  octets16 random();

  std::optional<std::uint64_t> seed_;
  std::atomic<std::uint64_t> counter_{0};
};

}  // namespace shep
