#pragma once

#include "core/result.hpp"
#include "http/limits.hpp"
#include "http/message.hpp"

#include <cstddef>
#include <optional>
#include <string_view>

/// Heads as octets: where one ends, and its field lines. Shared by requests, answers and trailers. No I/O.
namespace shep::http {

/// Looks at each octet of a growing head once and finds its end, or the first octet that no clean head contains: a bare LF or CR,
/// NUL, a control character at the very start (H09). The verdict does not depend on how the octets were cut into pieces.
class head_scanner {
 public:
  explicit head_scanner(const head_limits& l) : limits_(l) {}

  /// `octets` is everything received so far of this head (one empty line before it is skipped, RFC 9112 section 2.2).
  /// Offset one past the final empty line; nothing while more is needed. Errors: `bad_line`, `target_too_long`, `head_too_large`,
  /// `tls_on_plain`.
  result<std::optional<std::size_t>> look(std::string_view octets);

  std::size_t start() const { return start_; }  ///< where the first line begins: 0, or 2 after an empty line

 private:
  head_limits limits_;
  std::size_t seen_ = 0;
  std::size_t start_ = 0;
  std::size_t line_ = 0;  ///< offset of the line being looked at
  bool first_line_ = true;
};

/// Takes "Name: value\r\n" lines. `lines` ends with the CRLF of the last one, without the empty line; it outlives the result.
/// RFC 9112 section 5, without obs-fold. Errors: `bad_field`, `head_too_large` (more than `max_fields`).
result<fields> read_field_lines(std::string_view lines, std::size_t max_fields);

}  // namespace shep::http
