#pragma once

#include <string>
#include <string_view>

/// What a stranger sent, made safe to look at (security catalogue A03). Linear.
namespace shep::forensics {

/// One character of UTF-8, or one octet that is none.
struct glyph {
  std::string_view octets;
  bool plain = true;  ///< false: a control character, a mark that turns the direction of text, or no UTF-8: shown by number only
};
glyph first_glyph(std::string_view text);

/// "0D", "U+202E": the number of a glyph that is not plain.
std::string number_of(const glyph&);

/// For HTML, text and attribute values: & < > " ' escaped; what is not plain as [0D]. `line_ends`: LF stays.
std::string html_text(std::string_view text, bool line_ends = false);

}  // namespace shep::forensics
