#include "pki_client/list_store.hpp"

#include "pki_client/fetch.hpp"
#include "revocation/problems.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

// g++ 12 inlines half of Asio's coroutine allocation under the thread sanitizer and then misses the other half.
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic ignored "-Wmismatched-new-delete"
#endif

namespace shep::pki {

namespace asio = boost::asio;
using steady = std::chrono::steady_clock;

/// One download: those who wait for it, and how it ended.
class list_store::flight {
 public:
  bool over() const {
    const std::lock_guard lock(mutex_);
    return outcome_.has_value();
  }
  bool stands(std::chrono::seconds retry) const {
    const std::lock_guard lock(mutex_);
    return !outcome_ || steady::now() < ended_ + retry;
  }
  result<void> outcome() const {
    const std::lock_guard lock(mutex_);
    if (outcome_) return *outcome_;
    return problem(problems::revocation_unavailable, "the list did not come in time");
  }

  /// The timer is waited for afterwards; false when the download is over already.
  bool wake(const std::shared_ptr<asio::steady_timer>& timer) {
    const std::lock_guard lock(mutex_);
    if (!outcome_) waiting_.push_back(timer);
    return !outcome_.has_value();
  }
  void end(result<void> outcome) {
    const std::lock_guard lock(mutex_);
    outcome_ = std::move(outcome);
    ended_ = steady::now();
    for (const auto& weak : waiting_) {
      if (const auto timer = weak.lock()) asio::post(timer->get_executor(), [timer] { timer->expires_at(steady::time_point::min()); });
    }
    waiting_.clear();
  }

 private:
  mutable std::mutex mutex_;
  std::optional<result<void>> outcome_;
  steady::time_point ended_{};
  std::vector<std::weak_ptr<asio::steady_timer>> waiting_;
};

list_key key_of(const target& t, const crypto::certificate& issuer) { return {t.text, issuer.sha256()}; }

list_store::need list_store::look(const snapshot& s, const list_key& key, time_point at) const {
  const auto found = s.lists.find(key);
  if (found == s.lists.end()) return need::download;
  const auto& taken = found->second;
  const bool old = steady::now() >= taken.when + settings_.crl_refresh;
  const bool due = taken.next_update && at >= *taken.next_update - settings_.crl_refresh_ahead;
  return old || due ? need::refresh : need::nothing;
}

std::shared_ptr<list_store::flight> list_store::board(const asio::any_io_executor& executor, const target& t,
                                                      const crypto::certificate& issuer) {
  const std::lock_guard lock(mutex_);
  std::shared_ptr<flight>& place = flights_[key_of(t, issuer)];
  if (place && place->stands(settings_.crl_retry)) return place;
  place = std::make_shared<flight>();
  asio::co_spawn(executor, download(shared_from_this(), place, t, issuer), asio::detached);
  return place;
}

asio::awaitable<result<void>> list_store::bring(target t, crypto::certificate issuer) {
  const asio::any_io_executor executor = co_await asio::this_coro::executor;
  const auto flying = board(executor, t, issuer);
  constexpr auto parsing = std::chrono::seconds(30);
  const auto timer = std::make_shared<asio::steady_timer>(executor, steady::now() + settings_.within.total + parsing);
  boost::system::error_code ignored;
  if (flying->wake(timer)) co_await timer->async_wait(asio::redirect_error(asio::use_awaitable, ignored));
  co_return flying->outcome();
}

void list_store::bring_in_background(const asio::any_io_executor& executor, target t, crypto::certificate issuer) {
  board(executor, t, issuer);
}

asio::awaitable<void> list_store::download(std::shared_ptr<list_store> self, std::shared_ptr<flight> f, target t,
                                           crypto::certificate issuer) {
  errand e;
  e.where = t;
  e.accept = "application/pkix-crl, */*";
  e.within = self->settings_.within;
  e.largest = self->settings_.crl_limits.octets;
  try {
    auto octets = co_await fetch(std::move(e));
    if (!octets) {
      f->end(octets.error());
      co_return;
    }
    // Weakly: the thread that parses must not be the one that destroys the store, which waits for it.
    auto parse = [weak = std::weak_ptr(self), f, octets = *octets, t, issuer] {
      const auto store = weak.lock();
      if (store) f->end(store->take_in(octets, t, issuer));
    };
    asio::post(self->parsing_, std::move(parse));
  } catch (const std::exception& failure) {
    f->end(problem(shep::problems::internal, failure.what(), t.text));
  }
}

// On the parsing thread, and therefore one after the other: what is read from `now_` cannot change before it is written.
result<void> list_store::take_in(shared_bytes octets, const target& t, const crypto::certificate& issuer) try {
  const auto placed = [&](problem p) {
    p.where += (p.where.empty() ? "" : ", ") + t.text;
    return p;
  };
  const auto list = revocation::crl::from_der(std::move(octets), settings_.crl_limits);
  if (!list) return placed(list.error());
  const auto before = now();
  auto set = before->set.with(*list, issuer, t.text);
  if (!set) return placed(set.error());
  auto next = std::make_shared<snapshot>(*before);
  next->set = std::move(*set);
  next->lists[key_of(t, issuer)] = {steady::now(), list->info().next_update};
  now_.store(std::move(next));
  return {};
} catch (const std::exception& failure) {
  return problem(shep::problems::internal, failure.what(), t.text);
}

}  // namespace shep::pki
