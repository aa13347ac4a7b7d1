#pragma once

#include "core/problem.hpp"

#include <array>
#include <cstddef>
#include <optional>

namespace shep::http {

namespace problems {
// Refused by the gate, before anything else looks at the request.
inline constexpr problem_code bad_line{"http.line", "the head is not made of clean CRLF lines"};
inline constexpr problem_code bad_request_line{"http.request_line", "the request line is not 'METHOD target HTTP/1.1'"};
inline constexpr problem_code bad_version{"http.version", "only HTTP/1.0 and HTTP/1.1 are spoken here"};
inline constexpr problem_code bad_method{"http.method", "the method is not one of those spoken here"};
inline constexpr problem_code bad_target{"http.target", "the request target is not a clean path or a matching absolute address"};
inline constexpr problem_code target_too_long{"http.target_too_long", "the request target is too long"};
inline constexpr problem_code bad_field{"http.field", "a header field is malformed"};
inline constexpr problem_code head_too_large{"http.head_too_large", "the header is too large"};
inline constexpr problem_code bad_host{"http.host", "exactly one well-formed Host field is needed"};
inline constexpr problem_code bad_length{"http.content_length", "the length of the body is not told in one clear way"};
inline constexpr problem_code bad_transfer{"http.transfer_encoding", "the transfer coding is ambiguous"};
inline constexpr problem_code unknown_transfer{"http.transfer_coding", "the only transfer coding known here is chunked"};
inline constexpr problem_code bad_expectation{"http.expect", "the only expectation known here is 100-continue"};
inline constexpr problem_code content_coded{"http.content_encoding", "compressed bodies are not accepted"};
inline constexpr problem_code tls_on_plain{"http.tls_on_plain_port", "a TLS handshake arrived on a plain HTTP port"};
// Refused while the body is read.
inline constexpr problem_code bad_chunk{"http.chunk", "the chunked body is malformed"};
inline constexpr problem_code chunk_overhead{"http.chunk_overhead", "the chunked body is mostly framing"};
inline constexpr problem_code body_too_large{"http.body_too_large", "the body is too large"};
inline constexpr problem_code cut_short{"http.cut_short", "the connection ended before the request was complete"};
inline constexpr problem_code too_slow{"http.too_slow", "the request did not arrive in time"};
// Refused for want of capacity, or because our own code failed.
inline constexpr problem_code busy{"http.busy", "too many requests are being worked on"};
inline constexpr problem_code too_many_connections{"http.too_many_connections", "too many connections are open"};
inline constexpr problem_code handler_failed{"http.handler_failed", "internal error", exposure::code_only};
// Client.
inline constexpr problem_code bad_url{"http.url", "the address is not an http:// or https:// URL"};
inline constexpr problem_code unreachable{"http.unreachable", "the server cannot be reached"};
inline constexpr problem_code tls{"http.tls", "there is no secure connection with the server"};
inline constexpr problem_code timed_out{"http.timed_out", "the server did not answer in time"};
inline constexpr problem_code bad_response{"http.response", "the server's answer is not clean HTTP/1.1"};
inline constexpr problem_code response_too_large{"http.response_too_large", "the server's answer is too large"};
inline constexpr problem_code forbidden_address{"http.forbidden_address", "the server's address is one that may not be connected to"};
// Server.
inline constexpr problem_code cannot_listen{"http.listen", "the address cannot be listened on"};
}  // namespace problems

/// What a refusal is answered with. The one table of this module; `status` 0 means "close without a word".
struct refusal_kind {
  problem_code code;
  unsigned status;
};

inline constexpr std::array refusal_kinds{
    refusal_kind{problems::bad_line, 400},
    refusal_kind{problems::bad_request_line, 400},
    refusal_kind{problems::bad_version, 505},
    refusal_kind{problems::bad_method, 405},
    refusal_kind{problems::bad_target, 400},
    refusal_kind{problems::target_too_long, 414},
    refusal_kind{problems::bad_field, 400},
    refusal_kind{problems::head_too_large, 431},
    refusal_kind{problems::bad_host, 400},
    refusal_kind{problems::bad_length, 400},
    refusal_kind{problems::bad_transfer, 400},
    refusal_kind{problems::unknown_transfer, 501},
    refusal_kind{problems::bad_expectation, 417},
    refusal_kind{problems::content_coded, 415},
    refusal_kind{problems::tls_on_plain, 0},
    refusal_kind{problems::bad_chunk, 400},
    refusal_kind{problems::chunk_overhead, 400},
    refusal_kind{problems::body_too_large, 413},
    refusal_kind{problems::cut_short, 0},
    refusal_kind{problems::too_slow, 408},
    refusal_kind{problems::busy, 503},
    refusal_kind{problems::too_many_connections, 503},
    refusal_kind{problems::handler_failed, 500},
};

/// Row of `refusal_kinds`; empty for a code that is no refusal.
constexpr std::optional<std::size_t> refusal_index(const problem_code& code) {
  for (std::size_t i = 0; i < refusal_kinds.size(); ++i)
    if (refusal_kinds[i].code == code) return i;
  return std::nullopt;
}

/// 500 for a code without a row.
constexpr unsigned refusal_status(const problem_code& code) {
  const auto row = refusal_index(code);
  return row ? refusal_kinds[*row].status : 500;
}

}  // namespace shep::http
