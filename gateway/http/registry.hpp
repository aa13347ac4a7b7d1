#pragma once

#include "http/session.hpp"

#include <chrono>
#include <condition_variable>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace shep::http {

/// All open connections of a server, counted by listener and by address. Any thread; touched when a connection begins and ends, never
/// for a request.
class registry {
 public:
  using place = std::list<std::pair<std::shared_ptr<session>, std::string>>::iterator;

  registry(std::shared_ptr<live_counters> counters, std::size_t shared_capacity)
      : counters_(std::move(counters)), shared_capacity_(shared_capacity) {}

  /// May one more connection of that address be opened? Says why not.
  std::optional<problem> refuses(const service&, const std::string& address) const;

  place add(std::shared_ptr<session>, const service&, std::string address);
  void remove(place, const service&);

  /// Calls `f` for every session, under the lock: `f` only posts.
  template <class F>
  void for_each(F f) {
    const std::lock_guard lock(mutex_);
    for (auto& entry : sessions_) f(entry.first);
  }

  /// Waits until there is no session, the time has come, or `given_up()`; true in the first case.
  template <class G>
  bool wait_empty(std::chrono::steady_clock::time_point until, G given_up) {
    std::unique_lock lock(mutex_);
    while (!sessions_.empty()) {
      const auto now = std::chrono::steady_clock::now();
      if (now >= until || given_up()) return false;
      changed_.wait_for(lock, std::min<std::chrono::steady_clock::duration>(until - now, std::chrono::milliseconds(50)));
    }
    return true;
  }

  void clear();

 private:
  struct count {
    std::size_t connections = 0;
    std::map<std::string, std::size_t> by_address;
  };

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::list<std::pair<std::shared_ptr<session>, std::string>> sessions_;
  std::map<const service*, count> counts_;
  std::size_t sharing_ = 0;  ///< connections of listeners without reserved capacity
  std::shared_ptr<live_counters> counters_;
  std::size_t shared_capacity_;
};

}  // namespace shep::http
