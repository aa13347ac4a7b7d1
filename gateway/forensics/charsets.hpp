#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

/// The encodings that Cyrillic text gets lost in, and the two ways of getting lost. All functions: linear, pure.
namespace shep::forensics {

inline constexpr std::string_view utf8_mark = "\xEF\xBB\xBF";  ///< the byte order mark

struct charset;  ///< one single-octet encoding
std::span<const charset* const> charsets();
std::string_view name_of(const charset&);  ///< "windows-1251"

/// UTF-8 text in that encoding; '?' for what it does not have, as most libraries write. Empty when the text is not UTF-8.
std::optional<std::string> encoded(const charset&, std::string_view utf8);

/// UTF-16 without a byte order mark.
std::optional<std::string> utf16(std::string_view utf8, bool big_endian);

/// What comes out when these UTF-8 octets are taken for that encoding and written as UTF-8 again. `lossy`: octets that the encoding does
/// not assign become U+FFFD, else the control character of that number.
std::string misread(const charset&, std::string_view utf8, bool lossy);

/// The reverse, for each stretch of text between markup alone: what was damaged by `misread` is whole again, the rest stays. Empty when
/// nothing in the text can be read as such.
std::optional<std::string> reread(const charset&, std::string_view utf8);

/// Does part of the text read as double-encoded Cyrillic?
bool looks_double_encoded(std::string_view utf8);

}  // namespace shep::forensics
