#include "protocol/safe_text.hpp"

#include "core/bytes.hpp"
#include "xml/escape.hpp"

namespace shep::protocol {
namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";

/// Octets at the begin of valid UTF-8 text that XML forbids; 0 when it allows the first character.
std::size_t forbidden(std::string_view utf8) {
  const auto octet = static_cast<unsigned char>(utf8.front());
  if (octet < 0x20 && octet != '\t' && octet != '\n' && octet != '\r') return 1;
  return utf8.starts_with("\xEF\xBF\xBE") || utf8.starts_with("\xEF\xBF\xBF") ? 3 : 0;
}

}  // namespace

std::string safe_text(std::string_view text) {
  std::string utf8 = as_utf8(text);
  std::string out;
  out.reserve(utf8.size());
  for (std::string_view rest = utf8; !rest.empty();) {
    const std::size_t bad = forbidden(rest);
    out.append(bad ? replacement : rest.substr(0, 1));
    rest.remove_prefix(bad ? bad : 1);
  }
  return out;
}

void append_element(std::string& out, std::string_view name, std::string_view text) {
  out.append("<").append(name).append(">");
  xml::append_text(out, safe_text(text));
  out.append("</").append(name).append(">");
}

void append_unless_empty(std::string& out, std::string_view name, std::string_view text) {
  if (!text.empty()) append_element(out, name, text);
}

}  // namespace shep::protocol
