#include "forensics/changes.hpp"
#include "forensics/text_changes.hpp"

#include <algorithm>
#include <array>

namespace shep::forensics {
namespace {

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
    if (t.what == token::kind::text && t.octets.find("&lt;") != std::string_view::npos) {
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
  const bool any = std::any_of(all.begin(), all.end(), [](const token& t) {
    return t.what == token::kind::text && t.octets.find("&lt;") != std::string_view::npos;
  });
  if (!any) return false;
  const bool blanks = std::any_of(all.begin(), all.end(), [](const token& t) {
    return t.what == token::kind::text && t.octets.find("&lt;") != std::string_view::npos && has_blanks(tokens_of(unescaped(t.octets)));
  });
  const std::string where = " (inside of the payload that travels as text)";
  if (visit((blanks ? mistakes::reindented : mistakes::whitespace_stripped),
            "The signed form had no white space between elements" + where + ".",
            inside_texts(all, [](std::string_view x) { return stripped(tokens_of(x), stripping::between_elements); })))
    return true;
  for (const auto& [unit, name] : units)
    if (visit((blanks ? mistakes::reindented : mistakes::whitespace_stripped),
              "The signed form was indented by " + std::string(name) + where + ".", inside_texts(all, [&, u = unit](std::string_view x) {
                return indented(tokens_of(x), {std::string(u), "\n", 0, true, false});
              })))
      return true;
  return false;
}

/// The first child of the element that begins at `at`; the number of tokens when there is none.
std::size_t next_start(const std::vector<token>& all, std::size_t at) {
  for (++at; at < all.size(); ++at) {
    if (all[at].what == token::kind::start) return at;
    if (all[at].what == token::kind::end) break;
  }
  return all.size();
}

/// One past the end tag of the element that begins at `at`.
std::size_t end_of_element(const std::vector<token>& all, std::size_t at) {
  std::size_t open = 0;
  for (; at < all.size(); ++at) {
    if (all[at].what == token::kind::start) ++open;
    if (all[at].what == token::kind::end && --open == 0) return at + 1;
  }
  return all.size();
}

/// Only what is inside was pretty-printed, and put into a message that is not: each element down the chain of first children.
bool inner_layouts(const std::vector<token>& all, bool comments, const mistake& layout, changes& visit) {
  std::size_t begin = 0;
  for (int depth = 0; depth < 6; ++depth) {
    begin = next_start(all, begin);
    if (begin == all.size()) return false;
    const std::size_t end = end_of_element(all, begin);
    const std::vector<token> inner(all.begin() + static_cast<std::ptrdiff_t>(begin), all.begin() + static_cast<std::ptrdiff_t>(end));
    const std::string head = joined({all.begin(), all.begin() + static_cast<std::ptrdiff_t>(begin)}, comments);
    const std::string tail = joined({all.begin() + static_cast<std::ptrdiff_t>(end), all.end()}, comments);
    for (std::size_t i = 0; i < 4; ++i) {
      const std::string detail =
          "The signed form was indented by " + std::string(units[i].second) + " inside of '" + std::string(name_in(all[begin])) + "' only.";
      const std::string text = indented(inner, {std::string(units[i].first), "\n", 0, comments, false});
      if (!text.empty() && visit(layout, detail, head + text + tail)) return true;
    }
  }
  return false;
}

}  // namespace

bool white_space_changes(std::string_view canonical, const surroundings_of_text& around, const visitor& look) {
  changes visit(canonical, look);
  const std::vector<token> all = tokens_of(canonical);
  const mistake& layout = name_of_layout(all);
  const bool comments = around.commented.empty();
  const std::vector<token> lines = comments ? all : tokens_of(around.commented);
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
        if (visit(layout, detail, indented(lines, {std::string(unit), "\n", level, comments, extra})) ||
            visit(layout, detail + " Its lines ended with a carriage return.",
                  indented(lines, {std::string(unit), "&#xD;\n", level, comments, extra})))
          return true;
      }
  }
  return payload_layouts(all, visit) || inner_layouts(lines, comments, layout, visit);
}

}  // namespace shep::forensics
