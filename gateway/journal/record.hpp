#pragma once

#include "core/bytes.hpp"
#include "core/clock.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>

/// What the journal keeps of one exchange. Plain values: strings may hold any octets, a body may be null (none) or empty.
namespace shep::journal {

/// What came in, recorded before anybody looks at it.
struct arrival {
  std::string id;            ///< the exchange's id, `ids::ordered`; unique in the journal
  time_point received_at{};  ///< the machine's time, also when the simulator's clock is virtual
  std::string channel;       ///< "sync", "async"
  std::string remote;        ///< address and port of the peer
  std::string target;        ///< request target as received
  shared_bytes raw;          ///< received body, octet for octet
  std::string head;          ///< request line and header fields; bounded by the sender of this record
};

/// What was decided and answered; exactly one for an arrival, none when the process died in between.
struct completion {
  std::string id;  ///< of the arrival
  time_point completed_at{};
  std::chrono::microseconds duration{};
  int http_status = 0;
  std::string outcome;  ///< "answered", "fault", "http_error", "aborted"
  std::string service_id;
  std::string sender_id;
  std::string message_id;
  std::string correlation_id;
  std::string session_id;
  std::string route;
  std::string adapter;
  std::string mapping_id;
  std::string indication;
  std::string sub_indication;
  std::string problem_code;
  std::string problem_detail;
  std::string fault_code;
  bool unmatched = false;  ///< no mapping matched
  shared_bytes response;   ///< sent body, octet for octet
  std::string trace;       ///< JSON text
};

using record = std::variant<arrival, completion>;

/// One exchange as the journal tells it. Without `completed` it never ended (or has not yet).
struct entry {
  std::uint64_t sequence = 0;  ///< order of recording, from 1, without gaps; time plays no part in it (catalogue F10)
  arrival arrived;
  std::optional<completion> completed;
  std::uint64_t raw_size = 0;       ///< octets of `arrived.raw`, also where the body itself was left out
  std::uint64_t response_size = 0;  ///< the same for `completed->response`
};

/// Octets of memory that a record holds, bodies included.
std::size_t size_of(const record&);

const std::string& id_of(const record&);

}  // namespace shep::journal
