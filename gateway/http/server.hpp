#pragma once

#include "core/clock.hpp"
#include "core/result.hpp"
#include "http/handler.hpp"
#include "http/io_threads.hpp"
#include "http/limits.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace shep::http {

/// One address served by one handler.
struct listener_options {
  std::string name;                   ///< "shep", "admin": for logs
  std::string address = "127.0.0.1";  ///< numeric; "::" takes IPv4 too
  std::uint16_t port = 0;             ///< 0 picks a free one
  http::limits limits;
  std::size_t max_connections = 10'000;      ///< of this listener
  std::size_t connections_per_address = 64;  ///< 0: no such limit
  std::size_t max_in_flight = 0;   ///< requests in the handler at once, beyond which 503 is given before the body is read; 0: no limit
  bool reserved_capacity = false;  ///< not counted against the descriptors all listeners share: admin, health
  http::handler handler;
  refusal_handler refuse = plain_refusal;
  refusal_observer observe;          ///< may be empty
  std::function<bool()> overloaded;  ///< may be empty; true: refuse new requests with 503 before the body is read (F14)
};

struct server_options {
  std::size_t reserved_descriptors = 64;        ///< kept free for journal, adapters and admin, out of RLIMIT_NOFILE (F11)
  std::chrono::milliseconds tick{250};          ///< deadlines are looked at this often, hence late by at most this much
  std::chrono::milliseconds accept_pause{100};  ///< after the system ran out of descriptors
  std::shared_ptr<const shep::clock> clock;     ///< for Date and `request::received`; the machine's when null
};

/// A snapshot of what happened so far; counters only grow, `connections_open` and `requests_in_flight` are gauges.
struct server_counters {
  std::uint64_t connections_open = 0;
  std::uint64_t connections_total = 0;
  std::uint64_t connections_refused = 0;  ///< over a connection limit
  std::uint64_t accept_failures = 0;      ///< out of descriptors or memory
  std::uint64_t requests_total = 0;       ///< handed to a handler
  std::uint64_t requests_in_flight = 0;
  struct refusal {
    std::string_view code;
    std::uint64_t count;
  };
  std::vector<refusal> refusals;  ///< every code of `refusal_kinds`, also with count 0
};

struct drain_report {
  bool complete = false;    ///< nothing had to be cut off
  std::size_t cut_off = 0;  ///< connections still working when the limit passed
};

/// Serves HTTP/1.1 on any number of addresses. All functions may be called from any thread except those of `io_threads`.
class server {
 public:
  explicit server(io_threads&, server_options = {});

  /// drain(0). Blocks until no handler of this server runs any more: a handler that never ends is a bug that shows here.
  ~server();
  server(const server&) = delete;
  server& operator=(const server&) = delete;

  /// Starts accepting. Returns the address with the real port. Error: `problems::cannot_listen`.
  result<endpoint> listen(listener_options);

  /// Stops accepting, closes idle connections, lets running requests finish (their answers say "Connection: close"); after `limit`
  /// cuts off what is left and cancels its handlers. Blocks until done; a second call finds nothing to do (F17).
  drain_report drain(std::chrono::milliseconds limit);

  server_counters counters() const;

 private:
  struct state;
  std::shared_ptr<state> state_;
};

}  // namespace shep::http
