#pragma once

#include <atomic>
#include <chrono>

namespace shep {

/// A point of civil time, UTC, with microseconds. Everything a message can see uses this; deadlines use std::chrono::steady_clock.
using time_point = std::chrono::time_point<std::chrono::system_clock, std::chrono::microseconds>;

/// Where "now" comes from. Implementations are safe to call from any thread and never fail.
class clock {
 public:
  virtual ~clock() = default;
  virtual time_point now() const = 0;
};

/// The machine's time.
class system_clock final : public clock {
 public:
  time_point now() const override;
};

/// A time that stands still until it is told otherwise: tests, and the start of the virtual clock.
class manual_clock final : public clock {
 public:
  explicit manual_clock(time_point start) : now_(start.time_since_epoch().count()) {}
  time_point now() const override { return time_point(std::chrono::microseconds(now_.load())); }
  void set(time_point t) { now_ = t.time_since_epoch().count(); }
  void advance(std::chrono::microseconds by) { now_ += by.count(); }

 private:
  std::atomic<std::int64_t> now_;
};

}  // namespace shep
