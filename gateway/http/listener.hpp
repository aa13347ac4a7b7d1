#pragma once

#include "core/result.hpp"
#include "http/service.hpp"
#include "http/transport.hpp"

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>

namespace shep::http {

/// Accepts connections on one address, on a strand of its own. When the system has no descriptor left it waits instead of asking again
/// and again (F11); when it stops it still takes what the system had already accepted for it (F17).
class listener : public std::enable_shared_from_this<listener> {
 public:
  /// Gets every connection, non-blocking and with TCP_NODELAY, on the listener's strand; must not throw.
  using receiver = std::function<void(tcp_socket, endpoint remote, endpoint local)>;

  /// Error: `problems::cannot_listen`.
  static result<std::shared_ptr<listener>> open(boost::asio::io_context&, const service&, std::chrono::milliseconds pause, receiver);

  const endpoint& address() const { return address_; }
  void stop();  ///< any thread; returns at once

  /// Blocks until the loop has ended or `given_up()`.
  void wait_stopped(const std::function<bool()>& given_up);

 private:
  using acceptor = boost::asio::basic_socket_acceptor<boost::asio::ip::tcp, connection_strand>;

  listener(boost::asio::io_context&, std::shared_ptr<live_counters>, std::chrono::milliseconds pause, receiver);
  result<void> bind(const listener_options&);
  static boost::asio::awaitable<void> accept_until_stopped(std::shared_ptr<listener> self);
  void hand_over(tcp_socket);
  void take_backlog();

  boost::asio::io_context& context_;
  std::shared_ptr<live_counters> counters_;
  std::chrono::milliseconds pause_;
  receiver receive_;
  acceptor acceptor_;
  boost::asio::basic_waitable_timer<std::chrono::steady_clock, boost::asio::wait_traits<std::chrono::steady_clock>, connection_strand>
      retry_;
  endpoint address_;
  bool stopping_ = false;

  std::mutex mutex_;
  std::condition_variable changed_;
  bool stopped_ = false;
};

/// Tells a client that there is no room, and closes; never waits.
void turn_away(tcp_socket, const service&, problem why, endpoint remote, endpoint local);

endpoint to_endpoint(const boost::asio::ip::tcp::endpoint&);  ///< an IPv4-mapped IPv6 address becomes IPv4

}  // namespace shep::http
