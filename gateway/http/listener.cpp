#include "http/listener.hpp"

#include "core/log.hpp"
#include "http/problems.hpp"
#include "http/response_head.hpp"

#include <array>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/v6_only.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace shep::http {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;

constexpr int backlog = 4096;
constexpr int backlog_taken_at_stop = 4096;

// A client that left before it was accepted; anything else (no descriptor, no memory) would be there again at once.
bool is_passing(const boost::system::error_code& ec) {
  return ec == asio::error::connection_aborted || ec == asio::error::operation_aborted;
}

}  // namespace

endpoint to_endpoint(const tcp::endpoint& e) {
  auto address = e.address();
  if (address.is_v6() && address.to_v6().is_v4_mapped()) address = asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6());
  return endpoint{address.to_string(), e.port()};
}

listener::listener(asio::io_context& context, std::shared_ptr<live_counters> counters, std::chrono::milliseconds pause, receiver receive)
    : context_(context),
      counters_(std::move(counters)),
      pause_(pause),
      receive_(std::move(receive)),
      acceptor_(asio::make_strand(context)),
      retry_(acceptor_.get_executor()) {}

result<std::shared_ptr<listener>> listener::open(asio::io_context& context, const service& s, std::chrono::milliseconds pause,
                                                 receiver receive) {
  const std::shared_ptr<listener> opened(new listener(context, s.counters, pause, std::move(receive)));
  if (auto bound = opened->bind(s.options); !bound) return bound.error();
  asio::co_spawn(opened->acceptor_.get_executor(), accept_until_stopped(opened), asio::detached);
  return opened;
}

result<void> listener::bind(const listener_options& options) {
  const auto place = options.address + ":" + std::to_string(options.port);
  boost::system::error_code ec;
  const auto address = asio::ip::make_address(options.address, ec);
  if (ec)
    return problem(problems::cannot_listen, "'" + options.address + "' is not a numeric IP address", place,
                   "write 127.0.0.1, 0.0.0.0, ::1 or ::");
  const tcp::endpoint wanted(address, options.port);
  acceptor_.open(wanted.protocol(), ec);
  if (!ec) acceptor_.set_option(asio::socket_base::reuse_address(true), ec);
  if (!ec && address.is_v6() && address.is_unspecified()) acceptor_.set_option(asio::ip::v6_only(false), ec);
  if (!ec) acceptor_.bind(wanted, ec);
  if (!ec) acceptor_.listen(backlog, ec);
  if (!ec) acceptor_.non_blocking(true, ec);
  if (!ec) address_ = to_endpoint(acceptor_.local_endpoint(ec));
  if (ec)
    return problem(problems::cannot_listen, ec.message(), place,
                   ec == asio::error::address_in_use ? "choose another port, or 0 for a free one" : "");
  return {};
}

asio::awaitable<void> listener::accept_until_stopped(std::shared_ptr<listener> self) {
  while (!self->stopping_) {
    boost::system::error_code ec;
    tcp_socket peer(asio::make_strand(self->context_));
    co_await self->acceptor_.async_accept(peer, asio::redirect_error(asio::use_awaitable, ec));
    if (!ec) {
      self->hand_over(std::move(peer));
    } else if (!is_passing(ec)) {
      self->counters_->accept_failures.fetch_add(1, std::memory_order_relaxed);
      self->retry_.expires_after(self->pause_);
      boost::system::error_code ignored;
      co_await self->retry_.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
    }
  }
  self->take_backlog();
  boost::system::error_code ignored;
  self->acceptor_.close(ignored);
  const std::lock_guard lock(self->mutex_);
  self->stopped_ = true;
  self->changed_.notify_all();
}

void listener::hand_over(tcp_socket peer) {
  boost::system::error_code ec;
  const auto remote = peer.remote_endpoint(ec);
  const auto local = ec ? tcp::endpoint() : peer.local_endpoint(ec);
  if (!ec) peer.set_option(tcp::no_delay(true), ec);
  if (!ec) peer.non_blocking(true, ec);
  if (ec) return;  // gone before it was greeted
  try {
    receive_(std::move(peer), to_endpoint(remote), to_endpoint(local));
  } catch (const std::exception& e) {  // out of memory: this connection is lost, the next one may not be
    counters_->accept_failures.fetch_add(1, std::memory_order_relaxed);
    log::write(log::level::error, "a connection could not be served", {{"what", e.what()}});
  }
}

void listener::take_backlog() {
  for (int i = 0; i < backlog_taken_at_stop; ++i) {
    boost::system::error_code ec;
    tcp_socket peer(asio::make_strand(context_));
    acceptor_.accept(peer, ec);
    if (ec) return;
    hand_over(std::move(peer));
  }
}

void listener::stop() {
  asio::post(acceptor_.get_executor(), [self = shared_from_this()] {
    self->stopping_ = true;
    boost::system::error_code ignored;
    self->acceptor_.cancel(ignored);
    self->retry_.cancel();
  });
}

void listener::wait_stopped(const std::function<bool()>& given_up) {
  std::unique_lock lock(mutex_);
  while (!stopped_ && !given_up()) changed_.wait_for(lock, std::chrono::milliseconds(50));
}

void turn_away(tcp_socket socket, const service& s, problem why, endpoint remote, endpoint local) {
  framing_problem refused;
  refused.status = refusal_status(why.code);
  refused.what = std::move(why);
  refused.remote = std::move(remote);
  refused.local = std::move(local);
  refused.at = s.clock->now();
  if (const auto row = refusal_index(refused.what.code)) s.counters->refusals[*row].fetch_add(1, std::memory_order_relaxed);
  response out;
  try {
    out = s.options.refuse(refused);
  } catch (const std::exception& e) {
    log::write(log::level::error, "a refusal could not be rendered", {{"listener", s.options.name}, {"what", e.what()}});
    out = plain_refusal(refused);
  }
  out.status = refused.status;
  out.headers.push_back(named_value{"Retry-After", "1"});
  head_facts facts;
  facts.keep_alive = false;
  facts.now = refused.at;
  const auto head = render_head(out, facts);
  const std::array<asio::const_buffer, 2> parts{asio::buffer(head), out.body ? asio::buffer(*out.body) : asio::const_buffer()};
  boost::system::error_code ignored;
  socket.write_some(parts, ignored);
  socket.shutdown(asio::socket_base::shutdown_send, ignored);
}

}  // namespace shep::http
