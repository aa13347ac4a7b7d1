#include "forensics/visible.hpp"

#include "core/bytes.hpp"

#include <algorithm>

namespace shep::forensics {
namespace {

/// Length of the character that the text begins with; 0: no UTF-8.
std::size_t length_of(std::string_view text) {
  const auto first = static_cast<unsigned char>(text.front());
  const std::size_t length = first < 0x80 ? 1 : first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0;
  if (length == 0 || length > text.size() || !is_utf8(text.substr(0, length))) return 0;
  return length;
}

char32_t code_of(std::string_view c) {
  const auto first = static_cast<unsigned char>(c.front());
  char32_t code = c.size() == 1 ? first : first & (0xFFu >> (c.size() + 1));
  for (const char octet : c.substr(1)) code = (code << 6) | (static_cast<unsigned char>(octet) & 0x3Fu);
  return code;
}

bool turns_direction(char32_t c) { return (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x2069); }

std::string hex(char32_t c, std::size_t least) {
  std::string digits;
  for (; c != 0 || digits.size() < least; c >>= 4) digits += "0123456789ABCDEF"[c & 0xF];
  std::reverse(digits.begin(), digits.end());
  return digits;
}

}  // namespace

glyph first_glyph(std::string_view text) {
  const std::size_t length = length_of(text);
  if (length == 0) return {text.substr(0, 1), false};
  const std::string_view octets = text.substr(0, length);
  const char32_t c = code_of(octets);
  const bool control = c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0xFEFF || c == 0xFFFD || c == 0x2028 || c == 0x2029;
  return {octets, !control && !turns_direction(c)};
}

std::string number_of(const glyph& g) {
  if (g.octets.size() == 1) return hex(static_cast<unsigned char>(g.octets.front()), 2);
  return "U+" + hex(code_of(g.octets), 4);
}

std::string html_text(std::string_view text, bool line_ends) {
  std::string out;
  out.reserve(text.size() + text.size() / 8);
  while (!text.empty()) {
    const glyph g = first_glyph(text);
    text.remove_prefix(g.octets.size());
    if (line_ends && g.octets == "\n") out += '\n';
    else if (!g.plain) out += "[" + number_of(g) + "]";
    else if (g.octets == "&") out += "&amp;";
    else if (g.octets == "<") out += "&lt;";
    else if (g.octets == ">") out += "&gt;";
    else if (g.octets == "\"") out += "&quot;";
    else if (g.octets == "'") out += "&#39;";
    else out += g.octets;
  }
  return out;
}

}  // namespace shep::forensics
