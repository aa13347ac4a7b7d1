#pragma once

#include "http/asio.hpp"

#include <cstddef>
#include <span>

#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/strand.hpp>

namespace shep::http {

using connection_strand = boost::asio::strand<boost::asio::io_context::executor_type>;
using tcp_socket = boost::asio::basic_stream_socket<boost::asio::ip::tcp, connection_strand>;

/// What one attempt to move octets came to.
struct io_step {
  enum class outcome {
    moved,       ///< `bytes` octets, at least one
    wait_read,   ///< try again when the socket is readable
    wait_write,  ///< try again when the socket is writable
    ended,       ///< the other side will send no more
    failed,      ///< the connection is gone
  };
  outcome what = outcome::failed;
  std::size_t bytes = 0;
};

/// Moves octets over a non-blocking socket, and says what to wait for when it cannot. The session does the waiting, so that no buffer
/// exists while a connection is idle. TLS is a second implementation of this class (OpenSSL on the same socket descriptor).
class transport {
 public:
  virtual ~transport() = default;
  virtual io_step read(std::span<char> into) = 0;
  virtual io_step write(std::span<const boost::asio::const_buffer> from) = 0;
  virtual bool secure() const = 0;
};

/// TCP as it is. `socket` outlives it and is non-blocking.
class plain_transport final : public transport {
 public:
  explicit plain_transport(tcp_socket& socket) : socket_(&socket) {}
  io_step read(std::span<char> into) override;
  io_step write(std::span<const boost::asio::const_buffer> from) override;
  bool secure() const override { return false; }

 private:
  tcp_socket* socket_;
};

}  // namespace shep::http
