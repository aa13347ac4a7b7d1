#include "forensics/text_changes.hpp"

#include "forensics/canonical_text.hpp"
#include "forensics/charsets.hpp"

#include <algorithm>
#include <array>

namespace shep::forensics {
namespace {

using kind = token::kind;

std::string replaced_all(std::string_view text, std::string_view what, std::string_view with) {
  std::string out;
  out.reserve(text.size());
  for (;;) {
    const std::size_t at = text.find(what);
    if (at == std::string_view::npos) return out.append(text);
    out.append(text.substr(0, at)).append(with);
    text.remove_prefix(at + what.size());
  }
}

/// Visits what really differs from the canonical octets.
class changes {
 public:
  changes(std::string_view canonical, const visitor& visit) : canonical_(canonical), visit_(visit) {}

  bool operator()(const mistake& what, std::string detail, std::string_view octets) {
    if (octets.empty() || octets == canonical_) return false;
    return visit_(octets, {&what, std::move(detail)});
  }

 private:
  std::string_view canonical_;
  const visitor& visit_;
};

const mistake& name_of_layout(bool blanks) { return blanks ? mistakes::reindented : mistakes::whitespace_stripped; }

std::string unescaped(std::string_view text) {
  std::string out = replaced_all(text, "&lt;", "<");
  out = replaced_all(out, "&gt;", ">");
  out = replaced_all(out, "&#xD;", "\r");
  return replaced_all(out, "&amp;", "&");
}

std::string escaped_text(std::string_view text) {
  std::string out = replaced_all(text, "&", "&amp;");
  out = replaced_all(out, "<", "&lt;");
  out = replaced_all(out, ">", "&gt;");
  return replaced_all(out, "\r", "&#xD;");
}

/// Payloads that travel as text: the same change made inside of the text. `change` gives the new payload.
template <class Change>
std::string inside_texts(const std::vector<token>& all, Change change) {
  std::string out;
  for (const token& t : all) {
    if (t.what == kind::text && t.octets.find("&lt;") != std::string_view::npos) {
      const std::string plain = unescaped(t.octets);
      out += escaped_text(change(std::string_view(plain)));
    } else {
      out += t.octets;
    }
  }
  return out;
}

constexpr std::array<std::pair<std::string_view, std::string_view>, 6> units = {
    {{"  ", "two spaces"}, {"    ", "four spaces"}, {"\t", "a tab"}, {"", "no indentation"}, {" ", "one space"}, {"   ", "three spaces"}}};

bool payload_layouts(const std::vector<token>& all, changes& visit) {
  const bool any = std::any_of(all.begin(), all.end(),
                               [](const token& t) { return t.what == kind::text && t.octets.find("&lt;") != std::string_view::npos; });
  if (!any) return false;
  const bool blanks = std::any_of(all.begin(), all.end(), [](const token& t) {
    return t.what == kind::text && t.octets.find("&lt;") != std::string_view::npos && has_blanks(tokens_of(unescaped(t.octets)));
  });
  const std::string where = " (inside of the payload that travels as text)";
  if (visit(name_of_layout(blanks), "The signed form had no white space between elements" + where + ".",
            inside_texts(all, [](std::string_view x) { return stripped(tokens_of(x), stripping::between_elements); })))
    return true;
  for (const auto& [unit, name] : units)
    if (visit(name_of_layout(blanks), "The signed form was indented by " + std::string(name) + where + ".",
              inside_texts(all, [&, u = unit](std::string_view x) {
                return indented(tokens_of(x), {std::string(u), "\n", 0, false});
              })))
      return true;
  return false;
}

}  // namespace

bool white_space_changes(std::string_view canonical, const surroundings_of_text& around, const visitor& look) {
  changes visit(canonical, look);
  const std::vector<token> all = tokens_of(canonical);
  const bool blanks = has_blanks(all);
  const mistake& layout = name_of_layout(blanks);
  const std::string compact = "The signed form had no white space between elements.";
  if (visit(layout, compact, stripped(all, stripping::between_elements)) || visit(layout, compact, stripped(all, stripping::every_blank)) ||
      visit(layout, "The signed form had no white space around any text.", stripped(all, stripping::trimmed_text)))
    return true;
  if (around.enveloped) {
    if (visit(mistakes::reindented, "White space was put around the signature.", stripped(all, stripping::before_last_tag))) return true;
    const std::size_t last = canonical.rfind("</");
    if (last != std::string_view::npos && visit(mistakes::whitespace_stripped, "The line end before the end tag is lost.",
                                                std::string(canonical.substr(0, last)) + "\n" + std::string(canonical.substr(last))))
      return true;
  }
  for (const auto& [unit, name] : units) {
    const std::string detail = "The signed form was indented by " + std::string(name) + " a level.";
    std::vector<std::size_t> levels{around.depth};
    if (around.depth != 0) levels.push_back(0);
    if (unit.empty()) levels.resize(1);
    for (const std::size_t level : levels)
      for (const bool extra : {false, true}) {
        if (extra && !around.enveloped) continue;
        if (visit(layout, detail, indented(all, {std::string(unit), "\n", level, extra})) ||
            visit(layout, detail + " Its lines ended with a carriage return.", indented(all, {std::string(unit), "&#xD;\n", level, extra})))
          return true;
      }
  }
  return payload_layouts(all, visit);
}

bool line_end_changes(std::string_view canonical, const visitor& look) {
  changes visit(canonical, look);
  const std::string bare = replaced_all(replaced_all(canonical, "&#xD;\n", "\n"), "&#xD;", "\n");
  if (visit(mistakes::line_ends, "The signed form had no carriage returns; the message has them, written as &#13;.", bare) ||
      visit(mistakes::line_ends, "The signed form had no carriage returns; the message has them, written as &#13;.",
            replaced_all(canonical, "&#xD;", "")) ||
      visit(mistakes::line_ends, "The signed form had CR LF, written as &#xD; and a line feed; the message has LF.",
            replaced_all(bare, "\n", "&#xD;\n")) ||
      visit(mistakes::line_ends, "CR LF was digested as it stands in the file; an XML parser reads it as LF.",
            replaced_all(bare, "\n", "\r\n")) ||
      visit(mistakes::line_ends, "CR was digested as it stands in the file; an XML parser reads it as LF.",
            replaced_all(bare, "\n", "\r")) ||
      visit(mistakes::line_ends, "Carriage returns were digested as octets; the canonical form writes them as &#xD;.",
            replaced_all(canonical, "&#xD;", "\r")))
    return true;
  const std::string once(canonical);
  return visit(mistakes::trailing_newline, "A line feed was digested behind the last tag.", once + "\n") ||
         visit(mistakes::trailing_newline, "CR LF was digested behind the last tag.", once + "\r\n") ||
         visit(mistakes::trailing_newline, "A line feed was digested before the first tag.", "\n" + once) ||
         (canonical.ends_with('\n') &&
          visit(mistakes::trailing_newline, "The last line feed was not digested.", canonical.substr(0, canonical.size() - 1)));
}

bool encoding_changes(std::string_view canonical, const visitor& look) {
  changes visit(canonical, look);
  for (const charset* c : charsets()) {
    const auto whole = reread(*c, canonical);
    if (!whole) continue;
    const std::string name(name_of(*c));
    if (visit(mistakes::mojibake_after, "It was read as " + name + ".", *whole)) return true;
    if (const auto twice = reread(*c, *whole); twice && visit(mistakes::mojibake_after, "It was read as " + name + ", twice.", *twice))
      return true;
  }
  if (std::all_of(canonical.begin(), canonical.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; })) {
    if (visit(mistakes::byte_order_mark, "", "\xEF\xBB\xBF" + std::string(canonical))) return true;
  } else {
    for (const charset* c : charsets())
      if (const auto octets = encoded(*c, canonical);
          octets && visit(mistakes::wrong_charset, "It was digested in " + std::string(name_of(*c)) + ".", *octets))
        return true;
    for (const charset* c : charsets())
      for (const bool lossy : {false, true})
        if (visit(mistakes::mojibake_before, "It was read as " + std::string(name_of(*c)) + ".", misread(*c, canonical, lossy)))
          return true;
    if (visit(mistakes::byte_order_mark, "", "\xEF\xBB\xBF" + std::string(canonical))) return true;
  }
  for (const bool big : {false, true}) {
    const auto octets = utf16(canonical, big);
    if (!octets) return false;
    const std::string name = big ? "UTF-16BE" : "UTF-16LE";
    if (visit(mistakes::wrong_charset, "It was digested in " + name + ".", *octets) ||
        visit(mistakes::wrong_charset, "It was digested in " + name + " with a byte order mark.",
              (big ? "\xFE\xFF" : "\xFF\xFE") + *octets))
      return true;
  }
  return false;
}

namespace {

std::string with_collapsed_tags(const std::vector<token>& all, std::string_view ending) {
  std::string out;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const bool empty = all[i].what == kind::start && i + 1 < all.size() && all[i + 1].what == kind::end;
    if (!empty) {
      out += all[i].octets;
      continue;
    }
    out.append(all[i].octets.substr(0, all[i].octets.size() - 1)).append(ending);
    ++i;
  }
  return out;
}

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

bool common_changes(std::string_view canonical, const surroundings_of_text& around, const visitor& look) {
  changes visit(canonical, look);
  const std::vector<token> all = tokens_of(canonical);
  const mistake& layout = name_of_layout(has_blanks(all));
  const std::string bare = replaced_all(canonical, "&#xD;", "");
  return visit(layout, "The signed form had no white space between elements.", stripped(all, stripping::between_elements)) ||
         visit(layout, "The signed form was indented by two spaces a level.", indented(all, {"  ", "\n", around.depth, false})) ||
         visit(layout, "The signed form was indented by four spaces a level.", indented(all, {"    ", "\n", around.depth, false})) ||
         visit(mistakes::line_ends, "The signed form had no carriage returns.", bare) ||
         visit(mistakes::line_ends, "The signed form had CR LF.", replaced_all(bare, "\n", "&#xD;\n")) ||
         visit(mistakes::line_ends, "CR LF was digested as it stands in the file.", replaced_all(bare, "\n", "\r\n")) ||
         visit(mistakes::not_canonical, "Empty elements were written as <a/>.", with_collapsed_tags(all, "/>")) ||
         visit(mistakes::trailing_newline, "A line feed was digested behind the last tag.", std::string(canonical) + "\n");
}

}  // namespace shep::forensics
