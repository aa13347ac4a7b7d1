#pragma once

#include "http/request_reader.hpp"
#include "http/response_head.hpp"
#include "http/service.hpp"
#include "http/transport.hpp"

#include <atomic>
#include <chrono>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include <boost/asio/cancellation_signal.hpp>

namespace shep::http {

/// One connection: reads a request, has it answered, writes the answer, and so on. A coroutine on the socket's strand; between two
/// requests it holds no buffer. It sets no timers: it says until when it is willing to wait, and the server, which looks at all
/// sessions every tick, ends waits that are overdue.
class session : public std::enable_shared_from_this<session> {
 public:
  using steady_time = std::chrono::steady_clock::time_point;

  /// `socket` is non-blocking.
  session(tcp_socket socket, std::shared_ptr<service>, endpoint remote, endpoint local);

  /// Serves until the connection has ended; never throws. The caller keeps the session alive and runs it on `strand()`.
  boost::asio::awaitable<void> run();

  connection_strand strand() { return socket_.get_executor(); }
  boost::asio::cancellation_slot cancellation_slot() { return cancellation_.slot(); }

  // From any thread.
  bool is_late(steady_time now) const { return now.time_since_epoch().count() >= deadline_.load(std::memory_order_relaxed); }
  bool owes_an_answer() const { return owes_an_answer_.load(std::memory_order_relaxed); }

  // On the strand only.
  void end_overdue_wait();
  void stop_if_idle();  ///< the server drains
  void cut_off();       ///< closes at once and cancels what the handler waits for

 private:
  enum class arrival { request, shed, refused, gone };
  struct outgoing {
    std::string_view first, second;
  };

  boost::asio::awaitable<void> serve();
  boost::asio::awaitable<arrival> next_request();
  boost::asio::awaitable<void> ask_to_continue();
  boost::asio::awaitable<bool> answer();
  boost::asio::awaitable<bool> refuse(bool keep_alive);
  boost::asio::awaitable<bool> send(response, head_facts);
  boost::asio::awaitable<bool> send_source(std::string head, std::shared_ptr<body_source>, head_facts);
  boost::asio::awaitable<void> send_fault(response, head_facts);
  boost::asio::awaitable<void> send_slowly(std::string_view body, std::chrono::milliseconds time);
  boost::asio::awaitable<bool> pause(std::chrono::milliseconds);  ///< false: the server has no patience left
  boost::asio::awaitable<bool> write(outgoing);
  boost::asio::awaitable<void> linger();
  boost::asio::awaitable<void> ready(tcp_socket::wait_type);

  static std::span<char> scratch();  ///< the thread's receive buffer: its contents are gone after the next suspension
  void begin_request();
  io_step::outcome read_and_feed();
  void feed(std::string_view octets);
  void feed_leftover();
  void decide(bool more_is_here);
  void expect_body_until();
  arrival lost();
  bool wait_ended_well() const { return !wait_error_ && !overdue_ && !cut_off_; }
  request finish_request();
  framing_problem describe_refusal(problem why) const;
  response render_refusal(const framing_problem&) const;
  bool draining() const { return service_->draining->load(std::memory_order_relaxed); }
  void wait_until(steady_time t);
  void wait_forever();
  void close();

  tcp_socket socket_;
  std::unique_ptr<transport> transport_;
  std::shared_ptr<service> service_;
  endpoint remote_;
  endpoint local_;
  boost::asio::cancellation_signal cancellation_;

  request_reader reader_;
  std::string leftover_;  ///< received, and belonging to later requests
  std::size_t pipelined_ = 0;
  std::optional<problem> refusal_;  ///< the session's own reason, before the reader's
  std::string refused_head_;
  steady_time body_began_;
  time_point received_;
  bool send_continue_ = false;

  std::atomic<std::chrono::steady_clock::rep> deadline_;
  std::atomic<bool> owes_an_answer_{false};
  boost::system::error_code wait_error_;
  bool overdue_ = false;
  bool waiting_idle_ = false;
  bool lingering_ = false;
  bool peer_ended_ = false;
  bool broken_ = false;  ///< an answer could not be written to its end
  bool cut_off_ = false;
};

}  // namespace shep::http
