#pragma once

#include "core/bytes.hpp"
#include "core/result.hpp"
#include "http/asio.hpp"
#include "http/message.hpp"
#include "http/tls_client.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace shep::http {

/// "http://host:port/path?query" or the same with https, taken apart. RFC 3986, without user information and fragment. Error:
/// `problems::bad_url`.
struct url {
  std::string host;  ///< without brackets for an IPv6 address
  std::uint16_t port = 80;
  std::string target = "/";  ///< path and query as they go on the wire
  bool secure = false;       ///< https

  std::string authority() const;  ///< for the Host field: port only when it is not the scheme's own, brackets around IPv6
};
result<url> parse_url(std::string_view);

struct client_deadlines {
  std::chrono::milliseconds connect{10'000};     ///< name, TCP and TLS
  std::chrono::milliseconds first_byte{60'000};  ///< from the last octet sent to the first received
  std::chrono::milliseconds total{120'000};
};

struct outgoing_request {
  std::string method = "POST";
  http::url to;
  std::shared_ptr<const tls_client> tls{};  ///< needed when `to` is https
  std::vector<named_value> headers;         ///< Host, Content-Length and Connection are the client's own
  shared_bytes body;                        ///< null means empty
  client_deadlines within;
  std::uint64_t max_response = 64 * 1024 * 1024;
  bool public_only = false;  ///< an address of this machine or a private network is not connected to: `forbidden_address`
  /// Asked about every address that the host stands for, after the one look-up; empty: all may be connected to, else `forbidden_address`.
  std::function<bool(std::string_view address, std::uint16_t port)> allowed{};
};

/// An answer as received. Redirects are answers like any other: nothing is followed.
struct incoming_response {
  unsigned status = 0;
  fields headers;     ///< views into `head`
  shared_bytes head;  ///< octets as received, without the empty line
  shared_bytes body;  ///< never null; transfer coding removed
  std::chrono::microseconds time_to_first_byte{0};
  std::chrono::microseconds time_total{0};
};

/// One request on one fresh connection. Errors: `unreachable`, `tls`, `timed_out`, `bad_response`, `response_too_large`,
/// `forbidden_address`, and `bad_field` when a header of ours could split the head. Any executor; the sockets live on a strand of their
/// own.
boost::asio::awaitable<result<incoming_response>> send(outgoing_request);

/// The same for a caller without an executor: blocks the calling thread.
result<incoming_response> send_blocking(outgoing_request);

}  // namespace shep::http
