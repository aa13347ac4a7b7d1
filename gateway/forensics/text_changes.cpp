#include "forensics/text_changes.hpp"

#include "forensics/changes.hpp"

namespace shep::forensics {

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

const mistake& name_of_layout(const std::vector<token>& now) {
  return has_blanks(now) ? mistakes::reindented : mistakes::whitespace_stripped;
}

std::string with_collapsed_tags(const std::vector<token>& all, std::string_view ending) {
  std::string out;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const bool empty = all[i].what == token::kind::start && i + 1 < all.size() && all[i + 1].what == token::kind::end;
    if (!empty) {
      out += all[i].octets;
      continue;
    }
    out.append(all[i].octets.substr(0, all[i].octets.size() - 1)).append(ending);
    ++i;
  }
  return out;
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

bool common_changes(std::string_view canonical, const surroundings_of_text& around, const visitor& look) {
  changes visit(canonical, look);
  const std::vector<token> all = tokens_of(canonical);
  const mistake& layout = name_of_layout(all);
  const std::string bare = replaced_all(canonical, "&#xD;", "");
  return visit(layout, "The signed form had no white space between elements.", stripped(all, stripping::between_elements)) ||
         visit(layout, "The signed form was indented by two spaces a level.", indented(all, {"  ", "\n", around.depth, true, false})) ||
         visit(layout, "The signed form was indented by four spaces a level.", indented(all, {"    ", "\n", around.depth, true, false})) ||
         visit(mistakes::line_ends, "The signed form had no carriage returns.", bare) ||
         visit(mistakes::line_ends, "The signed form had CR LF.", replaced_all(bare, "\n", "&#xD;\n")) ||
         visit(mistakes::line_ends, "CR LF was digested as it stands in the file.", replaced_all(bare, "\n", "\r\n")) ||
         visit(mistakes::not_canonical, "Empty elements were written as <a/>.", with_collapsed_tags(all, "/>")) ||
         visit(mistakes::trailing_newline, "A line feed was digested behind the last tag.", std::string(canonical) + "\n");
}

}  // namespace shep::forensics
