#pragma once

#include "http/server.hpp"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace shep::http::test {

inline const std::string get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

/// How octets are cut on their way to the server.
enum class cut { one_shot, lines, octets };
inline constexpr cut all_cuts[] = {cut::one_shot, cut::lines, cut::octets};
std::string_view name_of(cut);

/// What came back on a connection.
struct answer {
  unsigned status = 0;
  std::string head;
  std::string body;
  std::string header(std::string_view name) const;  ///< empty when absent
};

/// A client made of one blocking socket, so that it can misbehave. A wait of more than 30 seconds fails the test instead of hanging it.
class raw_client {
 public:
  explicit raw_client(std::uint16_t port);
  ~raw_client();
  raw_client(const raw_client&) = delete;
  raw_client& operator=(const raw_client&) = delete;

  bool connected() const { return descriptor_ >= 0; }
  bool send(std::string_view octets, cut how = cut::one_shot);  ///< false when the server does not take them any more
  void half_close();
  void reset();  ///< RST

  /// One answer, also an interim one; status 0 at the end of the connection. `to_head`: answers to HEAD have no body.
  answer receive(bool to_head = false);
  std::string rest();  ///< everything up to the end of the connection
  bool ended();        ///< the next thing to come is the end (or a reset)
  bool something_within(int milliseconds);

 private:
  bool fill();
  int descriptor_ = -1;
  std::string buffer_;
};

/// A gate for handlers: they wait in it until the test opens it.
class turnstile {
 public:
  boost::asio::awaitable<void> pass();  ///< ends when open() was called, or by the exception of a cancellation
  void wait_for_visitors(int count);    ///< blocks the test until so many have arrived
  void open();

 private:
  std::mutex mutex_;
  std::condition_variable arrived_;
  int visitors_ = 0;
  bool open_ = false;
  std::vector<std::function<void()>> wake_;
};

/// A server on a free port of 127.0.0.1 with a handler that remembers what it saw and echoes the body.
class rig {
 public:
  /// `adjust` may change anything before listening starts.
  explicit rig(std::function<void(listener_options&)> adjust = {}, std::size_t threads = 2);

  std::uint16_t port() const { return port_; }
  http::server& server() { return *server_; }
  void stop_server() { server_.reset(); }

  int requests();  ///< seen by the handler
  std::vector<request> seen();
  framing_problem wait_for_refusal();  ///< the next one that the observer was shown
  void forget();

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<request> seen_;
  std::deque<framing_problem> refusals_;
  io_threads threads_;
  std::unique_ptr<http::server> server_;
  std::uint16_t port_ = 0;
};

/// Waits for an event that cannot be waited for otherwise; false after 30 seconds.
bool eventually(const std::function<bool()>& happened);

}  // namespace shep::http::test
