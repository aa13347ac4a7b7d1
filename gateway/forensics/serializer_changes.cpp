#include "forensics/changes.hpp"
#include "forensics/charsets.hpp"
#include "forensics/text_changes.hpp"

#include <algorithm>

namespace shep::forensics {
namespace {

using kind = token::kind;

std::string with_character_references(std::string_view canonical, bool hexadecimal) {
  const auto units_of = utf16(canonical, true);
  if (!units_of) return {};
  std::string out;
  for (std::size_t i = 0; i + 1 < units_of->size(); i += 2) {
    char32_t c = static_cast<char32_t>((static_cast<unsigned char>((*units_of)[i]) << 8) | static_cast<unsigned char>((*units_of)[i + 1]));
    if (c < 0x80) {
      out += static_cast<char>(c);
      continue;
    }
    if (c >= 0xD800 && c < 0xDC00 && i + 3 < units_of->size()) {
      const char32_t low =
          static_cast<char32_t>((static_cast<unsigned char>((*units_of)[i + 2]) << 8) | static_cast<unsigned char>((*units_of)[i + 3]));
      c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
      i += 2;
    }
    std::string digits;
    for (char32_t rest = c; rest != 0; rest /= hexadecimal ? 16 : 10) digits += "0123456789ABCDEF"[rest % (hexadecimal ? 16 : 10)];
    std::reverse(digits.begin(), digits.end());
    out += hexadecimal ? "&#x" : "&#";
    out += digits + ";";
  }
  return out;
}

}  // namespace

bool serializer_changes(std::string_view canonical, const visitor& look) {
  changes visit(canonical, look);
  const std::vector<token> all = tokens_of(canonical);
  const std::string collapsed = with_collapsed_tags(all, "/>");
  const auto in_text = [&](std::string_view what, std::string_view with) {
    std::string out;
    for (const token& t : all) out += t.what == kind::text ? replaced_all(t.octets, what, with) : std::string(t.octets);
    return out;
  };
  if (visit(mistakes::not_canonical, "Empty elements were written as <a/>.", collapsed) ||
      visit(mistakes::not_canonical, "Empty elements were written as <a />.", with_collapsed_tags(all, " />")) ||
      visit(mistakes::not_canonical, "\">\" in text was not escaped.", in_text("&gt;", ">")) ||
      visit(mistakes::not_canonical, "Quotes in text were escaped.", in_text("\"", "&quot;")) ||
      visit(mistakes::not_canonical, "Letters beyond ASCII were written as decimal character references.",
            with_character_references(canonical, false)) ||
      visit(mistakes::not_canonical, "Letters beyond ASCII were written as hexadecimal character references.",
            with_character_references(canonical, true)))
    return true;
  const std::string once(canonical);
  for (const std::string_view end : {"", "\n", "\r\n"})
    for (const std::string_view declaration :
         {"<?xml version=\"1.0\" encoding=\"UTF-8\"?>", "<?xml version=\"1.0\" encoding=\"utf-8\"?>",
          "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?>", "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>",
          "<?xml version=\"1.0\"?>", "<?xml version='1.0' encoding='UTF-8'?>"}) {
      const std::string head = std::string(declaration) + std::string(end);
      if (visit(mistakes::declaration_included, "", head + once)) return true;
      if (collapsed != canonical && visit(mistakes::declaration_included, "Empty elements were written as <a/>.", head + collapsed))
        return true;
    }
  // A declaration in front of a payload that travels as text.
  for (const token& t : all) {
    if (t.what != kind::text || t.octets.find("&lt;") == std::string_view::npos) continue;
    const std::size_t at = static_cast<std::size_t>(t.octets.data() - canonical.data());
    const auto with_payload = [&](std::string_view payload) {
      return std::string(canonical.substr(0, at)) + std::string(payload) + std::string(canonical.substr(at + t.octets.size()));
    };
    if (t.octets.starts_with("&lt;?xml")) {
      const std::size_t end = t.octets.find("?&gt;");
      if (end == std::string_view::npos) continue;
      std::string_view rest = t.octets.substr(end + 5);
      if (visit(mistakes::payload_declaration, "It was added.", with_payload(rest))) return true;
      rest.remove_prefix(std::min(rest.find_first_not_of("\r\n"), rest.size()));
      if (visit(mistakes::payload_declaration, "It was added.", with_payload(rest))) return true;
    } else {
      for (const std::string_view end : {"", "\n"})
        for (const std::string_view declaration :
             {"&lt;?xml version=\"1.0\" encoding=\"UTF-8\"?&gt;", "&lt;?xml version=\"1.0\" encoding=\"utf-8\"?&gt;",
              "&lt;?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?&gt;",
              "&lt;?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?&gt;", "&lt;?xml version=\"1.0\"?&gt;"})
          if (visit(mistakes::payload_declaration, "It was removed.",
                    with_payload(std::string(declaration) + std::string(end) + std::string(t.octets))))
            return true;
    }
    break;  // one payload
  }
  return false;
}

}  // namespace shep::forensics
