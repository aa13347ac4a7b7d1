#include "http/session.hpp"

#include "core/log.hpp"
#include "http/problems.hpp"

#include <algorithm>
#include <utility>

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace shep::http {
namespace {

constexpr int reads_in_a_row = 16;                       // then other connections have their turn
constexpr std::uint64_t worth_discarding = 1024 * 1024;  // a longer body costs more to read than a new connection

// Counts a request as being worked on for as long as it lives.
class in_flight {
 public:
  explicit in_flight(service& s) : service_(&s) {
    service_->counters->requests_total.fetch_add(1, std::memory_order_relaxed);
    service_->counters->requests_in_flight.fetch_add(1, std::memory_order_relaxed);
    service_->in_flight.fetch_add(1, std::memory_order_relaxed);
  }
  ~in_flight() {
    service_->counters->requests_in_flight.fetch_sub(1, std::memory_order_relaxed);
    service_->in_flight.fetch_sub(1, std::memory_order_relaxed);
  }
  in_flight(const in_flight&) = delete;
  in_flight& operator=(const in_flight&) = delete;

 private:
  service* service_;
};

}  // namespace

std::span<char> session::scratch() {
  static constexpr std::size_t size = 64 * 1024;
  thread_local const auto buffer = std::make_unique<char[]>(size);
  return {buffer.get(), size};
}

session::session(tcp_socket socket, std::shared_ptr<service> s, endpoint remote, endpoint local)
    : socket_(std::move(socket)),
      transport_(std::make_unique<plain_transport>(socket_)),
      service_(std::move(s)),
      remote_(std::move(remote)),
      local_(std::move(local)),
      reader_(service_->options.limits) {
  wait_until(std::chrono::steady_clock::now() + service_->options.limits.time.idle);
}

boost::asio::awaitable<void> session::run() {
  try {
    co_await serve();
  } catch (const std::exception& e) {
    if (!cut_off_)
      log::write(log::level::error, "a connection ended by an exception", {{"listener", service_->options.name}, {"what", e.what()}});
  }
  close();
}

boost::asio::awaitable<void> session::serve() {
  for (bool more = true; more;) {
    const auto arrived = co_await next_request();
    if (arrived == arrival::gone) co_return;
    owes_an_answer_.store(true, std::memory_order_relaxed);
    if (arrived == arrival::request) more = co_await answer();
    else more = co_await refuse(arrived == arrival::shed);
    owes_an_answer_.store(false, std::memory_order_relaxed);
  }
  co_await linger();
}

// ---- reading

boost::asio::awaitable<session::arrival> session::next_request() {
  begin_request();
  for (;;) {
    if (!leftover_.empty()) {
      feed_leftover();
    } else {
      const bool idle = reader_.now() == request_reader::state::idle;
      waiting_idle_ = idle;
      // While draining only a request that is already here is taken.
      if (!(idle && draining())) co_await ready(tcp_socket::wait_read);
      waiting_idle_ = false;
      if (cut_off_ || overdue_ || (wait_error_ && !draining())) co_return lost();
      const auto outcome = read_and_feed();
      if (outcome == io_step::outcome::ended || outcome == io_step::outcome::failed) {
        peer_ended_ = true;
        co_return lost();
      }
      if (reader_.now() == request_reader::state::idle && draining()) co_return arrival::gone;
    }
    if (refusal_ || reader_.now() == request_reader::state::refused) co_return arrival::refused;
    if (reader_.now() == request_reader::state::complete) co_return reader_.discarding() ? arrival::shed : arrival::request;
    if (send_continue_) co_await ask_to_continue();
  }
}

void session::begin_request() {
  pipelined_ = leftover_.empty() ? 1 : pipelined_ + 1;
  const auto& time = service_->options.limits.time;
  wait_until(std::chrono::steady_clock::now() + (leftover_.empty() ? time.idle : time.head));
}

boost::asio::awaitable<void> session::ready(tcp_socket::wait_type what) {
  return socket_.async_wait(what, boost::asio::redirect_error(boost::asio::use_awaitable, wait_error_));
}

io_step::outcome session::read_and_feed() {
  io_step::outcome last = io_step::outcome::wait_read;
  for (int i = 0; i < reads_in_a_row; ++i) {
    const auto direct = reader_.direct_space();
    const auto into = direct.empty() ? scratch() : direct;
    const auto step = transport_->read(into);
    last = step.what;
    if (step.what != io_step::outcome::moved) {
      if (!direct.empty()) reader_.direct_release();
      return last;
    }
    if (!direct.empty()) {
      reader_.direct_filled(step.bytes);
      expect_body_until();
    } else {
      feed(std::string_view(into.data(), step.bytes));
    }
    const auto state = reader_.now();
    if (refusal_ || (state != request_reader::state::head && state != request_reader::state::body) || send_continue_) break;
  }
  return last;
}

void session::feed(std::string_view octets) {
  if (reader_.now() == request_reader::state::idle) wait_until(std::chrono::steady_clock::now() + service_->options.limits.time.head);
  for (;;) {
    octets.remove_prefix(reader_.take(octets));
    if (reader_.now() != request_reader::state::decide) break;
    decide(!octets.empty());
    if (refusal_) break;
  }
  if (reader_.now() == request_reader::state::body) expect_body_until();
  leftover_.assign(octets);
}

void session::feed_leftover() {
  const std::string octets = std::exchange(leftover_, std::string());
  feed(octets);
}

void session::decide(bool more_is_here) {
  body_began_ = std::chrono::steady_clock::now();
  received_ = service_->clock->now();
  const auto& head = reader_.head();
  if (service_->over_capacity()) {
    if (head.expects_continue || head.content_length > worth_discarding)
      refusal_ = problem(problems::busy, "this server works on as many requests as it can", {}, "try again in a second");
    else reader_.discard_body();
    return;
  }
  reader_.go_on();
  send_continue_ = head.expects_continue && !more_is_here && reader_.now() == request_reader::state::body;
}

void session::expect_body_until() {
  const auto& time = service_->options.limits.time;
  const auto earned = std::chrono::milliseconds(reader_.body_received() * 1000 / std::max<std::uint64_t>(time.body_rate, 1));
  wait_until(body_began_ + std::min(time.body_grace + earned, time.body));
}

boost::asio::awaitable<void> session::ask_to_continue() {
  send_continue_ = false;
  const outgoing interim{"HTTP/1.1 100 Continue\r\n\r\n", {}};
  co_await write(interim);
  expect_body_until();
}

session::arrival session::lost() {
  const auto state = reader_.now();
  if (cut_off_ || state == request_reader::state::idle) return arrival::gone;
  if (overdue_) {
    refusal_ = problem(problems::too_slow, state == request_reader::state::head ? "the header took too long" : "the body came too slowly");
    return arrival::refused;
  }
  refusal_ = problem(problems::cut_short, state == request_reader::state::head ? "the connection ended inside the header"
                                                                               : "the connection ended inside the body");
  return arrival::refused;
}

// ---- answering

request session::finish_request() {
  auto r = reader_.finish();
  r.remote = remote_;
  r.local = local_;
  r.secure = transport_->secure();
  r.received = received_;
  r.started_at = body_began_;
  return r;
}

boost::asio::awaitable<bool> session::answer() {
  wait_forever();
  head_facts facts;
  facts.keep_alive = reader_.head().keep_alive && !(pipelined_ >= service_->options.limits.pipelined && !leftover_.empty());
  facts.answers_head = reader_.head().method == "HEAD";
  facts.minor_version = reader_.head().minor_version;
  auto r = finish_request();
  const auto head = r.head;
  response out;
  std::optional<problem> failure;
  {
    const in_flight counted(*service_);
    try {
      auto working = service_->options.handler(std::move(r));
      out = co_await std::move(working);
    } catch (const std::exception& e) {
      failure = problem(problems::handler_failed, e.what());
    } catch (...) {
      failure = problem(problems::handler_failed, "an exception of unknown type");
    }
  }
  if (cut_off_) co_return false;
  if (failure) {
    log::write(log::level::error, "a handler ended by an exception", {{"listener", service_->options.name}, {"what", failure->detail}});
    refusal_ = std::move(failure);
    refused_head_ = *head;
    co_return co_await refuse(false);
  }
  facts.keep_alive = facts.keep_alive && !out.close && !draining();
  facts.now = service_->clock->now();
  co_return co_await send(std::move(out), facts);
}

framing_problem session::describe_refusal(problem why) const {
  framing_problem out;
  out.status = refusal_status(why.code);
  out.what = std::move(why);
  out.head = refused_head_.empty() ? std::string(reader_.head_octets()) : refused_head_;
  if (const auto checked = check_head(out.head, service_->options.limits.head)) {
    out.method = checked->method;
    out.path = checked->path;
  }
  out.remote = remote_;
  out.local = local_;
  out.at = service_->clock->now();
  return out;
}

response session::render_refusal(const framing_problem& p) const {
  response out;
  try {
    out = service_->options.refuse(p);
  } catch (const std::exception& e) {
    log::write(log::level::error, "a refusal could not be rendered", {{"listener", service_->options.name}, {"what", e.what()}});
    out = plain_refusal(p);
  }
  out.status = p.status;
  if (p.status == 405) out.headers.push_back(named_value{"Allow", "GET, HEAD, POST, PUT, DELETE, PATCH, OPTIONS"});
  if (p.status == 415) out.headers.push_back(named_value{"Accept-Encoding", "identity"});
  if (p.status == 503) out.headers.push_back(named_value{"Retry-After", "1"});
  return out;
}

boost::asio::awaitable<bool> session::refuse(bool keep_alive) {
  if (keep_alive) refusal_ = problem(problems::busy, "this server works on as many requests as it can", {}, "try again in a second");
  const auto refused = describe_refusal(refusal_ ? *refusal_ : reader_.refusal());
  if (const auto row = refusal_index(refused.what.code)) service_->counters->refusals[*row].fetch_add(1, std::memory_order_relaxed);
  if (service_->options.observe) service_->options.observe(refused);
  head_facts facts;
  facts.keep_alive = keep_alive && reader_.head().keep_alive && !draining();
  facts.answers_head = refused.method == "HEAD";
  facts.now = refused.at;
  refusal_.reset();
  if (keep_alive) reader_.finish();
  if (refused.status == 0) co_return false;
  auto out = render_refusal(refused);
  co_return co_await send(std::move(out), facts);
}

}  // namespace shep::http
