#include "http/server.hpp"

#include "core/log.hpp"
#include "http/listener.hpp"
#include "http/problems.hpp"
#include "http/registry.hpp"

#include <algorithm>
#include <sys/resource.h>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace shep::http {
namespace {

using namespace std::chrono_literals;

// Descriptors that connections may take: what the system allows, less what others need.
std::size_t shared_capacity(std::size_t reserved) {
  rlimit allowed{};
  if (getrlimit(RLIMIT_NOFILE, &allowed) != 0 || allowed.rlim_cur == RLIM_INFINITY) return 1'000'000;
  const auto total = static_cast<std::size_t>(allowed.rlim_cur);
  return total > 2 * reserved ? total - reserved : total / 2;
}

}  // namespace

struct server::state : std::enable_shared_from_this<server::state> {
  state(io_threads& threads, server_options o)
      : options(std::move(o)),
        context(threads.context()),
        connections(counters, shared_capacity(options.reserved_descriptors)),
        ticks(boost::asio::make_strand(context)) {
    if (!options.clock) options.clock = std::make_shared<shep::system_clock>();
  }

  // Looks at every connection once a tick and ends waits that are overdue.
  static boost::asio::awaitable<void> watch_deadlines(std::shared_ptr<state> self) {
    while (!self->closed) {
      self->ticks.expires_after(self->options.tick);
      boost::system::error_code ignored;
      co_await self->ticks.async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, ignored));
      self->end_overdue_waits();
    }
  }

  void end_overdue_waits() {
    const auto now = std::chrono::steady_clock::now();
    connections.for_each([now](const std::shared_ptr<session>& s) {
      if (s->is_late(now)) boost::asio::post(s->strand(), [s] { s->end_overdue_wait(); });
    });
  }

  void serve(tcp_socket socket, const std::shared_ptr<service>& to, endpoint remote, endpoint local) {
    if (auto refusal = connections.refuses(*to, remote.address)) {
      counters->connections_refused.fetch_add(1, std::memory_order_relaxed);
      turn_away(std::move(socket), *to, std::move(*refusal), std::move(remote), std::move(local));
      return;
    }
    auto address = remote.address;
    const auto opened = std::make_shared<session>(std::move(socket), to, std::move(remote), std::move(local));
    const auto place = connections.add(opened, *to, std::move(address));
    // Called from inside the coroutine's last frame, which still looks at the session's cancellation slot: hence the post.
    auto on_end = [self = shared_from_this(), strand = opened->strand(), place, to](std::exception_ptr) {
      boost::asio::post(strand, [self, place, to] { self->connections.remove(place, *to); });
    };
    boost::asio::co_spawn(opened->strand(), opened->run(),
                          boost::asio::bind_cancellation_slot(opened->cancellation_slot(), std::move(on_end)));
  }

  server_options options;
  boost::asio::io_context& context;
  std::shared_ptr<live_counters> counters = std::make_shared<live_counters>();
  std::shared_ptr<std::atomic<bool>> draining = std::make_shared<std::atomic<bool>>(false);
  registry connections;
  boost::asio::steady_timer ticks;
  std::atomic<bool> closed{false};
  std::mutex listeners_mutex;
  std::vector<std::shared_ptr<listener>> listeners;
};

server::server(io_threads& threads, server_options options) : state_(std::make_shared<state>(threads, std::move(options))) {
  boost::asio::co_spawn(state_->ticks.get_executor(), state::watch_deadlines(state_), boost::asio::detached);
}

server::~server() {
  drain(0ms);
  state_->closed = true;
  boost::asio::post(state_->ticks.get_executor(), [s = state_] { s->ticks.cancel(); });
}

result<endpoint> server::listen(listener_options options) {
  if (*state_->draining) return problem(problems::cannot_listen, "the server is shutting down");
  auto offered = std::make_shared<service>();
  offered->options = std::move(options);
  offered->clock = state_->options.clock;
  offered->counters = state_->counters;
  offered->draining = state_->draining;
  const auto weak = std::weak_ptr<state>(state_);
  auto serve = [weak, offered](tcp_socket socket, endpoint remote, endpoint local) {
    if (const auto self = weak.lock()) self->serve(std::move(socket), offered, std::move(remote), std::move(local));
  };
  auto opened = listener::open(state_->context, *offered, state_->options.accept_pause, std::move(serve));
  if (!opened) return opened.error();
  const std::lock_guard lock(state_->listeners_mutex);
  state_->listeners.push_back(*opened);
  return (*opened)->address();
}

drain_report server::drain(std::chrono::milliseconds limit) {
  const auto until = std::chrono::steady_clock::now() + limit;
  const auto stopped = [this] { return state_->context.stopped(); };
  state_->draining->store(true);
  {
    const std::lock_guard lock(state_->listeners_mutex);
    for (const auto& l : state_->listeners) l->stop();
    for (const auto& l : state_->listeners) l->wait_stopped(stopped);
    state_->listeners.clear();
  }
  state_->connections.for_each([](const std::shared_ptr<session>& s) { boost::asio::post(s->strand(), [s] { s->stop_if_idle(); }); });
  drain_report report;
  report.complete = state_->connections.wait_empty(until, stopped);
  if (!report.complete) {
    state_->connections.for_each([&report](const std::shared_ptr<session>& s) {
      if (s->owes_an_answer()) ++report.cut_off;
      boost::asio::post(s->strand(), [s] { s->cut_off(); });
    });
    report.complete = report.cut_off == 0;
    if (!state_->connections.wait_empty(std::chrono::steady_clock::time_point::max(), stopped)) state_->connections.clear();
  }
  return report;
}

server_counters server::counters() const {
  const auto& live = *state_->counters;
  server_counters out;
  out.connections_open = live.connections_open;
  out.connections_total = live.connections_total;
  out.connections_refused = live.connections_refused;
  out.accept_failures = live.accept_failures;
  out.requests_total = live.requests_total;
  out.requests_in_flight = live.requests_in_flight;
  for (std::size_t i = 0; i < refusal_kinds.size(); ++i)
    out.refusals.push_back(server_counters::refusal{refusal_kinds[i].code.name, live.refusals[i]});
  return out;
}

}  // namespace shep::http
