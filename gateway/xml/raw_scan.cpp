#include "xml/raw_scan.hpp"

#include <algorithm>
#include <string>

namespace shep::xml {
namespace {

constexpr auto none = std::string_view::npos;

/// One octet for each unit of the text; what is not ASCII becomes '?', which means nothing to these scans. UTF-8 stays as it is.
struct octets {
  std::string narrowed;
  std::string_view text;
  std::size_t unit = 1;

  octets(std::string_view bytes, encoding_form form) : text(bytes) {
    if (form == encoding_form::utf8) return;
    unit = 2;
    const std::size_t low = form == encoding_form::utf16be ? 1 : 0;
    narrowed.reserve(bytes.size() / 2);
    for (std::size_t i = 0; i + 1 < bytes.size(); i += 2) narrowed += bytes[i + 1 - low] == 0 ? bytes[i + low] : '?';
    text = narrowed;
  }
};

bool is_doctype(std::string_view text) {
  constexpr std::string_view expected = "<!DOCTYPE";
  return text.size() >= expected.size() && std::equal(expected.begin(), expected.end(), text.begin(), [](char e, char c) {
           return e == (c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c);
         });
}

/// The end of a comment, instruction or CDATA section that begins at `at`; `at` itself when it is something else.
std::size_t after_aside(std::string_view text, std::size_t at) {
  const std::string_view rest = text.substr(at);
  const std::string_view opening = rest.starts_with("<!--")        ? "<!--"
                                   : rest.starts_with("<?")        ? "<?"
                                   : rest.starts_with("<![CDATA[") ? "<![CDATA["
                                                                   : "";
  if (opening.empty()) return at;
  const std::string_view closing = opening == "<!--" ? "-->" : opening == "<?" ? "?>" : "]]>";
  const auto end = text.find(closing, at + opening.size());
  return end == none ? text.size() : end + closing.size();
}

/// Quoted values up to the end of a tag, counted up to one above `most`.
std::size_t values_in_tag(std::string_view tag, std::size_t most) {
  std::size_t values = 0;
  for (std::size_t at = 0; values <= most; ++at, ++values) {
    at = tag.find_first_of("\"'>", at);
    if (at == none || tag[at] == '>') break;
    at = tag.find(tag[at], at + 1);
    if (at == none) break;
  }
  return values;
}

}  // namespace

std::optional<std::size_t> find_doctype(std::string_view bytes, encoding_form form) {
  const octets o(bytes, form);
  std::size_t at = bytes.starts_with("\xef\xbb\xbf") ? 3 : o.unit - 1;
  for (;;) {
    at = o.text.find_first_not_of(" \t\r\n", at);
    if (at == none) return {};
    if (is_doctype(o.text.substr(at))) return at * o.unit;
    const std::size_t after = after_aside(o.text, at);
    if (after == at) return {};
    at = after;
  }
}

std::optional<std::size_t> find_wide_tag(std::string_view bytes, encoding_form form, std::size_t most) {
  constexpr std::size_t shortest_attribute = 5;  // ` a=""`
  if (most >= bytes.size() / shortest_attribute) return {};
  const octets o(bytes, form);
  for (std::size_t at = o.text.find('<'); at != none;) {
    const std::size_t next = o.text.find('<', at + 1);
    const std::size_t after = after_aside(o.text, at);
    if (after != at) {
      at = next >= after ? next : o.text.find('<', after);
      continue;
    }
    // A value cannot hold "<", so a tag is not longer than the way to the next one, and most are too short to be counted.
    const std::string_view tag = o.text.substr(at, next == none ? none : next - at);
    if (tag.size() > most * shortest_attribute && values_in_tag(tag, most) > most) return at * o.unit;
    at = next;
  }
  return {};
}

position position_at(std::string_view bytes, encoding_form form, std::size_t offset) {
  const octets o(bytes.substr(0, offset), form);
  position p{1, 1, offset};
  for (std::size_t i = 0; i < o.text.size(); ++i) {
    const char c = o.text[i];
    const bool line_end = c == '\n' || (c == '\r' && !(i + 1 < o.text.size() && o.text[i + 1] == '\n'));
    if (line_end) {
      ++p.line;
      p.column = 1;
    } else if (c != '\r' && (c & 0xc0) != 0x80) {
      ++p.column;
    }
  }
  return p;
}

}  // namespace shep::xml
