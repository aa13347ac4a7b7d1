#pragma once

#include "core/result.hpp"

#include <memory>
#include <string>
#include <string_view>

/// Octets are `std::string` when owned and `std::string_view` when looked at, whether they are text or not.
namespace shep {

/// A received or rendered body: immutable, shared between journal, document and answer, never copied.
using shared_bytes = std::shared_ptr<const std::string>;

inline shared_bytes share(std::string bytes) { return std::make_shared<const std::string>(std::move(bytes)); }

std::string to_hex(std::string_view bytes);  ///< lower case
result<std::string> from_hex(std::string_view text);

/// RFC 4648 section 4, with padding, without line breaks.
std::string to_base64(std::string_view bytes);

/// RFC 4648 section 4. XML white space (space, tab, CR, LF) is skipped as XMLDSig allows; anything else outside the alphabet,
/// missing padding, and non-zero trailing bits are refused (security catalogue S37). Error: `problems::bad_base64`.
result<std::string> from_base64(std::string_view text);

/// Well-formed UTF-8 (RFC 3629), so that it may stand in JSON as it is.
bool is_utf8(std::string_view bytes);

/// At most `most` octets of a text, cut between characters where it is UTF-8: what a stranger sent, shown in a report.
std::string clipped(std::string_view text, std::size_t most = 64);

/// The text with every octet that is not well-formed UTF-8 replaced by U+FFFD.
std::string as_utf8(std::string_view bytes);

/// Equal contents, in time that depends on the length only.
bool equal_constant_time(std::string_view a, std::string_view b);

namespace problems {
inline constexpr problem_code bad_base64{"core.base64", "text is not canonical base64"};
inline constexpr problem_code bad_hex{"core.hex", "text is not hexadecimal"};
}  // namespace problems

}  // namespace shep
