#include "adapters/forwarding/bulkhead.hpp"

#include <algorithm>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace shep::forwarding {
namespace asio = boost::asio;

/// A timer is not safe to use from two threads, so each waits on a strand of its own and is woken there.
struct bulkhead::waiter {
  explicit waiter(const asio::any_io_executor& e) : strand(asio::make_strand(e)), timer(strand) {}
  asio::any_io_executor strand;
  asio::steady_timer timer;
  bool granted = false;  ///< under the bulkhead's guard
};

asio::awaitable<bulkhead::entry> bulkhead::enter(std::chrono::steady_clock::time_point deadline) {
  std::shared_ptr<waiter> mine;
  const asio::any_io_executor executor = co_await asio::this_coro::executor;
  {
    const std::lock_guard lock(guard_);
    if (taken_ < settings_.places) {
      ++taken_;
      co_return entry::granted;
    }
    if (queue_.size() >= settings_.waiting) co_return entry::full;
    mine = std::make_shared<waiter>(executor);
    mine->timer.expires_at(deadline);
    queue_.push_back(mine);
  }
  auto waiting = wait(mine);
  co_return co_await asio::co_spawn(mine->strand, std::move(waiting), asio::use_awaitable);
}

asio::awaitable<bulkhead::entry> bulkhead::wait(std::shared_ptr<waiter> mine) {
  boost::system::error_code woken;
  co_await mine->timer.async_wait(asio::redirect_error(asio::use_awaitable, woken));
  const std::lock_guard lock(guard_);
  if (mine->granted) co_return entry::granted;
  std::erase(queue_, mine);
  co_return entry::too_late;
}

void bulkhead::leave() {
  std::shared_ptr<waiter> next;
  {
    const std::lock_guard lock(guard_);
    if (queue_.empty()) {
      --taken_;
      return;
    }
    next = queue_.front();
    queue_.pop_front();
    next->granted = true;
  }
  asio::post(next->strand, [next] { next->timer.expires_at(std::chrono::steady_clock::time_point::min()); });
}

std::size_t bulkhead::taken() const {
  const std::lock_guard lock(guard_);
  return taken_;
}

}  // namespace shep::forwarding
