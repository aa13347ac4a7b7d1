#include "unit/http/rig.hpp"

#include "http/message.hpp"

#include <arpa/inet.h>
#include <chrono>
#include <cstdlib>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace shep::http::test {

std::string_view name_of(cut c) { return c == cut::one_shot ? "in one piece" : c == cut::lines ? "line by line" : "octet by octet"; }

std::string answer::header(std::string_view name) const {
  std::size_t at = head.find("\r\n");
  while (at != std::string::npos && at + 2 < head.size()) {
    const auto end = head.find("\r\n", at + 2);
    const auto line = std::string_view(head).substr(at + 2, end - at - 2);
    const auto colon = line.find(':');
    if (colon != std::string_view::npos && equal_ignoring_case(line.substr(0, colon), name)) return std::string(line.substr(colon + 2));
    at = end;
  }
  return {};
}

raw_client::raw_client(std::uint16_t port) : descriptor_(::socket(AF_INET, SOCK_STREAM, 0)) {
  sockaddr_in place{};
  place.sin_family = AF_INET;
  place.sin_port = htons(port);
  place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(descriptor_, reinterpret_cast<const sockaddr*>(&place), sizeof place) != 0) {
    ::close(descriptor_);
    descriptor_ = -1;
    return;
  }
  const int on = 1;
  ::setsockopt(descriptor_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  timeval patience{};
  patience.tv_sec = 30;
  ::setsockopt(descriptor_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  ::setsockopt(descriptor_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
}

raw_client::~raw_client() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

bool raw_client::send(std::string_view octets, cut how) {
  while (!octets.empty()) {
    std::size_t n = octets.size();
    if (how == cut::octets) n = 1;
    if (how == cut::lines) n = std::min(octets.find('\n'), octets.size() - 1) + 1;
    auto piece = octets.substr(0, n);
    octets.remove_prefix(n);
    while (!piece.empty()) {
      const auto sent = ::send(descriptor_, piece.data(), piece.size(), MSG_NOSIGNAL);
      if (sent <= 0) return false;
      piece.remove_prefix(static_cast<std::size_t>(sent));
    }
  }
  return true;
}

void raw_client::half_close() { ::shutdown(descriptor_, SHUT_WR); }

void raw_client::reset() {
  const linger hard{1, 0};
  ::setsockopt(descriptor_, SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
  ::close(descriptor_);
  descriptor_ = -1;
}

bool raw_client::fill() {
  char piece[65536];
  const auto n = ::recv(descriptor_, piece, sizeof piece, 0);
  if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) ADD_FAILURE() << "nothing came from the server in 30 seconds";
  if (n <= 0) return false;
  buffer_.append(piece, static_cast<std::size_t>(n));
  return true;
}

answer raw_client::receive(bool to_head) {
  answer out;
  std::size_t end = 0;
  while ((end = buffer_.find("\r\n\r\n")) == std::string::npos)
    if (!fill()) return out;
  out.head = buffer_.substr(0, end + 2);
  buffer_.erase(0, end + 4);
  out.status = static_cast<unsigned>(std::atoi(out.head.c_str() + 9));
  if (to_head || out.status < 200 || out.status == 204) return out;
  const auto length = static_cast<std::size_t>(std::atoll(out.header("Content-Length").c_str()));
  while (buffer_.size() < length)
    if (!fill()) break;
  out.body = buffer_.substr(0, length);
  buffer_.erase(0, length);
  return out;
}

std::string raw_client::rest() {
  while (fill()) {}
  return std::exchange(buffer_, std::string());
}

bool raw_client::ended() { return buffer_.empty() && !fill(); }

bool raw_client::something_within(int milliseconds) {
  pollfd waiting{descriptor_, POLLIN, 0};
  return !buffer_.empty() || ::poll(&waiting, 1, milliseconds) > 0;
}

boost::asio::awaitable<void> turnstile::pass() {
  const auto executor = co_await boost::asio::this_coro::executor;
  const auto timer = std::make_shared<boost::asio::steady_timer>(executor, std::chrono::steady_clock::time_point::max());
  {
    const std::lock_guard lock(mutex_);
    ++visitors_;
    arrived_.notify_all();
    if (open_) co_return;
    // Weakly: the turnstile may outlive the threads the timer belongs to.
    auto wake = [weak = std::weak_ptr(timer)] {
      const auto waiting = weak.lock();
      if (waiting)
        boost::asio::post(waiting->get_executor(), [waiting] { waiting->expires_at(std::chrono::steady_clock::time_point::min()); });
    };
    wake_.push_back(std::move(wake));
  }
  boost::system::error_code ignored;
  co_await timer->async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, ignored));
}

void turnstile::wait_for_visitors(int count) {
  std::unique_lock lock(mutex_);
  arrived_.wait(lock, [this, count] { return visitors_ >= count; });
}

void turnstile::open() {
  const std::lock_guard lock(mutex_);
  open_ = true;
  for (const auto& wake : wake_) wake();
  wake_.clear();
}

rig::rig(std::function<void(listener_options&)> adjust, std::size_t threads) : threads_(threads) {
  server_options quick;
  quick.tick = std::chrono::milliseconds(5);
  quick.accept_pause = std::chrono::milliseconds(5);
  server_ = std::make_unique<http::server>(threads_, quick);
  listener_options options;
  options.name = "test";
  options.connections_per_address = 0;
  options.handler = [](request r) -> boost::asio::awaitable<response> {
    response out;
    out.content_type = "application/octet-stream";
    out.body = r.body;
    co_return out;
  };
  if (adjust) adjust(options);
  options.handler = [this, inner = options.handler](request r) {
    {
      const std::lock_guard lock(mutex_);
      seen_.push_back(r);
    }
    return inner(std::move(r));
  };
  options.observe = [this](const framing_problem& p) {
    const std::lock_guard lock(mutex_);
    refusals_.push_back(p);
    changed_.notify_all();
  };
  port_ = server_->listen(std::move(options)).value().port;
}

int rig::requests() {
  const std::lock_guard lock(mutex_);
  return static_cast<int>(seen_.size());
}

std::vector<request> rig::seen() {
  const std::lock_guard lock(mutex_);
  return seen_;
}

framing_problem rig::wait_for_refusal() {
  std::unique_lock lock(mutex_);
  if (!changed_.wait_for(lock, std::chrono::seconds(30), [this] { return !refusals_.empty(); })) {
    ADD_FAILURE() << "no refusal was reported";
    return {};
  }
  auto out = std::move(refusals_.front());
  refusals_.pop_front();
  return out;
}

void rig::forget() {
  const std::lock_guard lock(mutex_);
  seen_.clear();
  refusals_.clear();
}

bool eventually(const std::function<bool()>& happened) {
  const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(30);
  while (!happened()) {
    if (std::chrono::steady_clock::now() > until) return false;
    std::this_thread::yield();
  }
  return true;
}

}  // namespace shep::http::test
