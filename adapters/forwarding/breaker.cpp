#include "adapters/forwarding/breaker.hpp"

namespace shep::forwarding {

std::optional<breaker::ticket> breaker::admit(time now) {
  const std::lock_guard lock(guard_);
  if (state_ == state::closed) return ticket{generation_, false};
  if (state_ == state::half_open || now < closed_until_) return std::nullopt;
  state_ = state::half_open;
  return ticket{generation_, true};
}

void breaker::ended(const ticket& t, outcome how, time now) {
  const std::lock_guard lock(guard_);
  if (t.generation != generation_) return;
  if (t.probe) {
    if (how == outcome::success) {
      state_ = state::closed;
      failed_ = 0;
      ++generation_;
    } else if (how == outcome::failure) {
      open(now);
    } else {
      state_ = state::open;  // the next call tries
    }
    return;
  }
  if (how == outcome::success) failed_ = 0;
  if (how == outcome::failure && ++failed_ == settings_.failures) open(now);
}

void breaker::open(time now) {
  state_ = state::open;
  failed_ = 0;
  ++generation_;
  closed_until_ = now + settings_.pause;
}

bool breaker::would_admit(time now) const {
  const std::lock_guard lock(guard_);
  return state_ == state::closed || (state_ == state::open && now >= closed_until_);
}

breaker::state breaker::now_state(time now) const {
  const std::lock_guard lock(guard_);
  return state_ == state::open && now >= closed_until_ ? state::half_open : state_;
}

}  // namespace shep::forwarding
