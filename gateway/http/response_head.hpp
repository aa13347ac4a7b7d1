#pragma once

#include "core/clock.hpp"
#include "http/message.hpp"

#include <string>
#include <string_view>

namespace shep::http {

/// "Sun, 06 Nov 1994 08:49:37 GMT". RFC 9110 section 5.6.7. Remembered per thread for as long as the second lasts.
std::string_view http_date(time_point);

/// May the pair stand in a head without splitting it (A08)?
bool is_clean_header(std::string_view name, std::string_view value);

struct head_facts {
  bool keep_alive = true;
  bool answers_head = false;   ///< the request's method was HEAD
  unsigned minor_version = 1;  ///< of the request
  time_point now;
};

/// Status line, fields and empty line. Decides the framing: Content-Length, or chunked when the answer has a source and the client
/// speaks HTTP/1.1, or nothing (status 204, 304; or a source for HTTP/1.0, which ends with the connection).
std::string render_head(const response&, const head_facts&);

/// Neither the status nor the method forbids a body. RFC 9110 section 6.4.1.
bool may_have_body(const response&, bool answers_head);

}  // namespace shep::http
