#pragma once

#include "http/asio.hpp"
#include "http/tls_client.hpp"

#include <array>
#include <memory>
#include <string>

#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/system/error_code.hpp>

namespace shep::http {

/// The octets of one connection of a client, with or without TLS. The socket belongs to the caller, who ends every wait by closing it;
/// everything happens on the socket's executor.
class client_stream {
 public:
  using parts = std::array<boost::asio::const_buffer, 2>;

  virtual ~client_stream() = default;
  /// Once, after the socket is connected. Error: problems::tls with the reason and what to do.
  virtual boost::asio::awaitable<result<void>> handshake() = 0;
  virtual boost::asio::awaitable<boost::system::error_code> write(parts) = 0;
  /// Octets received; none with `eof` when the other side ended, and with another error when it was cut off.
  virtual boost::asio::awaitable<std::size_t> read_some(boost::asio::mutable_buffer, boost::system::error_code&) = 0;
};

std::unique_ptr<client_stream> plain_stream(boost::asio::ip::tcp::socket&);
/// `host` is the name or address that the server's certificate has to carry.
std::unique_ptr<client_stream> tls_stream(boost::asio::ip::tcp::socket&, std::shared_ptr<const tls_client>, std::string host);

}  // namespace shep::http
