#pragma once

#include <chrono>
#include <deque>
#include <memory>
#include <mutex>

#include <boost/asio/awaitable.hpp>

namespace shep::forwarding {

/// A bounded number of places and a bounded queue before them, first come first served. Any thread.
class bulkhead {
 public:
  struct settings {
    std::size_t places = 32;
    std::size_t waiting = 64;
  };
  explicit bulkhead(settings s) : settings_(s) {}

  enum class entry { granted, full, too_late };

  /// Waits for a place without holding the thread, until `deadline`. Every `granted` is followed by one `leave`.
  boost::asio::awaitable<entry> enter(std::chrono::steady_clock::time_point deadline);
  void leave();

  std::size_t taken() const;

 private:
  struct waiter;
  boost::asio::awaitable<entry> wait(std::shared_ptr<waiter>);

  settings settings_;
  mutable std::mutex guard_;
  std::size_t taken_ = 0;
  std::deque<std::shared_ptr<waiter>> queue_;
};

}  // namespace shep::forwarding
