// The writing half of a session: answers, and the end of a connection.
#include "core/log.hpp"
#include "http/problems.hpp"
#include "http/session.hpp"

#include <algorithm>
#include <array>

#include <boost/asio/use_awaitable.hpp>

namespace shep::http {
namespace {

constexpr std::chrono::milliseconds drain_linger{1'000};

std::string chunk_line(std::size_t size) {
  static constexpr char digits[] = "0123456789abcdef";
  std::string line = "\r\n";
  do {
    line.insert(line.begin(), digits[size % 16]);
    size /= 16;
  } while (size > 0);
  return line;
}

}  // namespace

boost::asio::awaitable<bool> session::send(response out, head_facts facts) {
  if (out.how != delivery::complete) {
    co_await send_fault(std::move(out), facts);
    co_return false;
  }
  facts.chunked = out.source && facts.minor_version == 1;
  facts.keep_alive = facts.keep_alive && (!out.source || facts.chunked);
  std::string head = render_head(out, facts);
  const bool with_body = may_have_body(out, facts.answers_head);
  if (out.source && with_body) co_return co_await send_source(std::move(head), std::move(out.source), facts);
  const outgoing parts{head, with_body && out.body ? std::string_view(*out.body) : std::string_view()};
  const bool written = co_await write(parts);
  co_return written&& facts.keep_alive;
}

boost::asio::awaitable<bool> session::send_source(std::string head, std::shared_ptr<body_source> source, head_facts facts) {
  const outgoing opening{head, {}};
  bool written = co_await write(opening);
  while (written && !(draining() && source->may_end_early())) {
    wait_forever();
    std::string piece = co_await source->next();
    if (cut_off_) co_return false;
    if (piece.empty()) break;
    std::string line;
    if (facts.chunked) {
      line = chunk_line(piece.size());
      piece += "\r\n";
    }
    const outgoing part{line, piece};
    written = co_await write(part);
  }
  if (!written) co_return false;
  if (facts.chunked) {
    const outgoing end{"0\r\n\r\n", {}};
    written = co_await write(end);
  }
  co_return written&& facts.keep_alive;
}

boost::asio::awaitable<bool> session::write(outgoing parts) {
  broken_ = true;  // until all of it has left
  const auto& time = service_->options.limits.time;
  std::optional<steady_time> give_up;
  for (;;) {
    const std::array<boost::asio::const_buffer, 2> buffers{boost::asio::const_buffer(parts.first.data(), parts.first.size()),
                                                           boost::asio::const_buffer(parts.second.data(), parts.second.size())};
    const auto step = transport_->write(buffers);
    if (step.what == io_step::outcome::failed || step.what == io_step::outcome::ended) co_return false;
    const auto of_first = std::min(step.bytes, parts.first.size());
    parts.first.remove_prefix(of_first);
    parts.second.remove_prefix(step.bytes - of_first);
    if (parts.first.empty() && parts.second.empty()) {
      broken_ = false;
      co_return true;
    }
    const auto now = std::chrono::steady_clock::now();
    if (!give_up) give_up = now + time.answer;
    wait_until(std::min(now + time.write, *give_up));
    if (step.what == io_step::outcome::wait_read) co_await ready(tcp_socket::wait_read);
    else co_await ready(tcp_socket::wait_write);
    if (!wait_ended_well()) co_return false;
  }
}

// Closing with unread input makes the kernel send RST, which can overtake the answer: say "no more" and read what still comes.
boost::asio::awaitable<void> session::linger() {
  if (peer_ended_ || broken_ || cut_off_ || !socket_.is_open()) co_return;
  boost::system::error_code failed;
  socket_.shutdown(boost::asio::socket_base::shutdown_send, failed);
  if (failed) co_return;
  const auto& limits = service_->options.limits;
  wait_until(std::chrono::steady_clock::now() + (draining() ? std::min(limits.time.linger, drain_linger) : limits.time.linger));
  leftover_ = std::string();
  lingering_ = true;
  for (std::uint64_t budget = limits.body.total + 1024 * 1024; budget > 0;) {
    const auto step = transport_->read(scratch());
    if (step.what == io_step::outcome::moved) {
      budget -= std::min<std::uint64_t>(budget, step.bytes);
      continue;
    }
    if (step.what != io_step::outcome::wait_read) co_return;
    co_await ready(tcp_socket::wait_read);
    if (!wait_ended_well()) co_return;
  }
}

// ---- ends of waits

void session::wait_until(steady_time t) {
  overdue_ = false;
  deadline_.store(t.time_since_epoch().count(), std::memory_order_relaxed);
}

void session::wait_forever() { wait_until(steady_time::max()); }

void session::end_overdue_wait() {
  if (!is_late(std::chrono::steady_clock::now())) return;
  overdue_ = true;
  boost::system::error_code ignored;
  socket_.cancel(ignored);
}

void session::stop_if_idle() {
  if (lingering_)
    wait_until(std::min(std::chrono::steady_clock::now() + drain_linger, steady_time(steady_time::duration(deadline_.load()))));
  if (!waiting_idle_) return;
  boost::system::error_code ignored;
  socket_.cancel(ignored);
}

void session::cut_off() {
  cut_off_ = true;
  close();
  cancellation_.emit(boost::asio::cancellation_type::terminal);
}

void session::close() {
  boost::system::error_code ignored;
  socket_.close(ignored);
}

}  // namespace shep::http
