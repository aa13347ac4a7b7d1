#include "ncanode/trim.hpp"

#include <algorithm>
#include <charconv>

namespace shep::ncanode {
namespace {

/// Java's String.trim() takes everything up to U+0020.
constexpr unsigned last_blank = 0x20;

bool is_blank(unsigned char c) { return c <= last_blank; }

/// Length of the blank character at `at`, written itself or as a character reference; 0 when it is something else.
std::size_t blank_at(std::string_view text, std::size_t at) {
  if (is_blank(static_cast<unsigned char>(text[at]))) return 1;
  if (!text.substr(at).starts_with("&#")) return 0;
  const std::size_t end = text.find(';', at);
  if (end == std::string_view::npos) return 0;
  const bool hexadecimal = text[at + 2] == 'x';
  const std::size_t digits = at + (hexadecimal ? 3 : 2);
  unsigned code = 0;
  const auto [stop, error] = std::from_chars(text.data() + digits, text.data() + end, code, hexadecimal ? 16 : 10);
  return error == std::errc() && stop == text.data() + end && code <= last_blank ? end + 1 - at : 0;
}

bool all_blank(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = blank_at(text, at);
    if (length == 0) return false;
    at += length;
  }
  return true;
}

std::size_t after(std::string_view xml, std::size_t from, std::string_view mark) {
  const std::size_t at = xml.find(mark, from);
  return at == std::string_view::npos ? xml.size() : at + mark.size();
}

std::size_t end_of_tag(std::string_view xml, std::size_t at) {
  for (; at < xml.size() && xml[at] != '>'; ++at)
    if (xml[at] == '"' || xml[at] == '\'') at = std::min(xml.find(xml[at], at + 1), xml.size() - 1);
  return std::min(at + 1, xml.size());
}

/// One past the markup that begins at `at`.
std::size_t end_of_markup(std::string_view xml, std::size_t at) {
  const std::string_view rest = xml.substr(at);
  if (rest.starts_with("<!--")) return after(xml, at + 4, "-->");
  if (rest.starts_with("<![CDATA[")) return after(xml, at + 9, "]]>");
  if (rest.starts_with("<?")) return after(xml, at + 2, "?>");
  return end_of_tag(xml, at + 1);
}

}  // namespace

std::string trim_white_space(std::string_view xml) {
  std::string out;
  out.reserve(xml.size());
  for (std::size_t at = 0; at < xml.size();) {
    const std::size_t markup = std::min(xml.find('<', at), xml.size());
    const std::string_view text = xml.substr(at, markup - at);
    if (!all_blank(text)) out.append(text);
    at = markup == xml.size() ? markup : end_of_markup(xml, markup);
    out.append(xml.substr(markup, at - markup));
  }
  return out;
}

}  // namespace shep::ncanode
