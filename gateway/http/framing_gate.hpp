#pragma once

#include "core/result.hpp"
#include "http/limits.hpp"
#include "http/message.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// Decides, before anything else looks at a request, whether its head can be read in one way only (security catalogue H01 to H13).
/// Pure: octets in, verdict out. What comes out is also what everybody else reads, so there is no second parser to disagree.
namespace shep::http {

/// A head that passed. Views point into the octets given to `check_head`.
struct checked_head {
  std::string_view method;
  std::string_view target;
  std::string_view query;
  std::string path;
  unsigned minor_version = 1;
  fields headers;
  std::uint64_t content_length = 0;  ///< 0 when `chunked` or when there is no body
  bool chunked = false;
  bool expects_continue = false;
  bool keep_alive = true;  ///< what version and Connection field say
};

/// `head` is a whole head: request line and field lines, each with its CRLF, without the empty line. RFC 9112 sections 3, 5, 6.
/// Errors: the first group of http/problems.hpp; `where` names the octet or the field.
result<checked_head> check_head(std::string_view head, const head_limits& = {});

/// `head` owns the octets that were checked. Body, addresses and times are the caller's to fill in.
request to_request(checked_head, shared_bytes head);

}  // namespace shep::http
