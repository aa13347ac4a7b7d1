#include "xml/prolog.hpp"

#include <algorithm>
#include <string>

namespace shep::xml {
namespace {

// One char for each UTF-16 unit; what is not ASCII becomes '?', which no markup of a prolog needs.
std::string narrow(std::string_view bytes, std::size_t low) {
  std::string out;
  out.reserve(bytes.size() / 2);
  for (std::size_t i = 0; i + 1 < bytes.size(); i += 2) out += bytes[i + 1 - low] == 0 ? bytes[i + low] : '?';
  return out;
}

bool is_doctype(std::string_view text) {
  constexpr std::string_view expected = "<!DOCTYPE";
  return text.size() >= expected.size() && std::equal(expected.begin(), expected.end(), text.begin(), [](char e, char c) {
           return e == (c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c);
         });
}

std::optional<std::size_t> find(std::string_view text, std::size_t from) {
  for (;;) {
    from = text.find_first_not_of(" \t\r\n", from);
    if (from == std::string_view::npos) return {};
    const std::string_view rest = text.substr(from);
    if (is_doctype(rest)) return from;
    const std::string_view closing = rest.starts_with("<?") ? "?>" : "-->";
    if (!rest.starts_with("<?") && !rest.starts_with("<!--")) return {};
    const auto end = text.find(closing, from + 2);
    if (end == std::string_view::npos) return {};
    from = end + closing.size();
  }
}

}  // namespace

std::optional<std::size_t> find_doctype(std::string_view bytes, encoding_form form) {
  if (form == encoding_form::utf8) return find(bytes, bytes.starts_with("\xef\xbb\xbf") ? 3 : 0);
  const auto unit = find(narrow(bytes, form == encoding_form::utf16be ? 1 : 0), 1);
  if (!unit) return {};
  return *unit * 2;
}

}  // namespace shep::xml
