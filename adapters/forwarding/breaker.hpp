#pragma once

#include <chrono>
#include <cstdint>
#include <mutex>
#include <optional>

namespace shep::forwarding {

/// A circuit breaker: after `failures` failures in a row nothing is let through for `pause`; then one call tries (half-open), and its
/// end decides. Time is a parameter. Any thread.
class breaker {
 public:
  using time = std::chrono::steady_clock::time_point;
  struct settings {
    unsigned failures = 5;  ///< 0: never opens
    std::chrono::milliseconds pause{10'000};
  };
  enum class state { closed, open, half_open };
  enum class outcome { success, failure, neither };

  explicit breaker(settings s) : settings_(s) {}

  /// One call that was let through. What ends after the breaker has changed its mind is not counted.
  struct ticket {
    std::uint64_t generation;
    bool probe;
  };
  std::optional<ticket> admit(time now);
  void ended(const ticket&, outcome, time now);

  bool would_admit(time now) const;
  state now_state(time now) const;

 private:
  void open(time now);

  settings settings_;
  mutable std::mutex guard_;
  state state_ = state::closed;
  unsigned failed_ = 0;
  std::uint64_t generation_ = 0;
  time closed_until_{};
};

}  // namespace shep::forwarding
