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
  bool chunked = false;        ///< the body is sent in chunks
  time_point now;
};

/// Status line, fields and empty line. Framing: chunked when the facts say so, else the Content-Length of `body`; neither for status 204
/// and 304, nor for a source that is not chunked, which ends with the connection.
std::string render_head(const response&, const head_facts&);

/// Neither the status nor the method forbids a body. RFC 9110 section 6.4.1.
bool may_have_body(const response&, bool answers_head);

}  // namespace shep::http
