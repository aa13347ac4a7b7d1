#include "forensics/canonical_text.hpp"

#include <algorithm>

namespace shep::forensics {
namespace {

using kind = token::kind;

std::size_t tag_end(std::string_view text) {
  char quote = '\0';
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quote != '\0') {
      if (c == quote) quote = '\0';
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (c == '>') {
      return i + 1;
    }
  }
  return text.size();
}

std::size_t end_of(std::string_view text, std::string_view closing) {
  const std::size_t at = text.find(closing);
  return at == std::string_view::npos ? text.size() : at + closing.size();
}

token next(std::string_view text) {
  if (text.front() != '<') return {kind::text, text.substr(0, std::min(text.find('<'), text.size()))};
  if (text.starts_with("<!--")) return {kind::comment, text.substr(0, end_of(text, "-->"))};
  if (text.starts_with("<?")) return {kind::instruction, text.substr(0, end_of(text, "?>"))};
  const std::size_t end = tag_end(text);
  return {text.starts_with("</") ? kind::end : kind::start, text.substr(0, end)};
}

std::string_view local_in(const token& t) {
  const std::string_view name = name_in(t);
  const std::size_t colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

std::string_view trimmed_text(std::string_view text) {
  constexpr std::string_view blank = " \t\r\n";
  for (;;) {
    if (!text.empty() && blank.find(text.front()) != std::string_view::npos) text.remove_prefix(1);
    else if (text.starts_with("&#xD;")) text.remove_prefix(5);
    else break;
  }
  for (;;) {
    if (!text.empty() && blank.find(text.back()) != std::string_view::npos) text.remove_suffix(1);
    else if (text.ends_with("&#xD;")) text.remove_suffix(5);
    else break;
  }
  return text;
}

/// A blank text that is the whole content of its element.
bool is_leaf_content(const std::vector<token>& all, std::size_t i) {
  return i > 0 && i + 1 < all.size() && all[i - 1].what == kind::start && all[i + 1].what == kind::end;
}

bool separates_elements(const std::vector<token>& all, std::size_t i) {
  return all[i].what == kind::text && is_blank(all[i].octets) && !is_leaf_content(all, i);
}

/// For each start tag: does the element hold text of its own (mixed or leaf)? Indexed like the tokens.
std::vector<bool> holding_text(const std::vector<token>& all) {
  std::vector<bool> holds(all.size(), false);
  std::vector<std::size_t> open;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i].what == kind::start) open.push_back(i);
    else if (all[i].what == kind::end && !open.empty()) open.pop_back();
    else if (all[i].what == kind::text && !separates_elements(all, i) && !open.empty()) holds[open.back()] = true;
  }
  return holds;
}

}  // namespace

std::vector<token> tokens_of(std::string_view text) {
  std::vector<token> out;
  while (!text.empty()) {
    out.push_back(next(text));
    text.remove_prefix(out.back().octets.size());
  }
  return out;
}

std::string_view name_in(const token& t) {
  std::string_view name = t.octets.substr(t.what == kind::end ? 2 : 1);
  return name.substr(0, std::min(name.find_first_of(" \t\r\n/>"), name.size()));
}

bool is_blank(std::string_view text) { return trimmed_text(text).empty(); }

std::string joined(const std::vector<token>& all, bool comments) {
  std::string out;
  for (const token& t : all)
    if (comments || t.what != kind::comment) out += t.octets;
  return out;
}

std::string stripped(const std::vector<token>& all, stripping how) {
  std::string out;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const token& t = all[i];
    if (t.what == kind::text) {
      if (how == stripping::before_last_tag && i + 2 == all.size() && is_blank(t.octets)) continue;
      if (how != stripping::before_last_tag && separates_elements(all, i)) continue;
      if ((how == stripping::every_blank || how == stripping::trimmed_text) && is_blank(t.octets)) continue;
      out += how == stripping::trimmed_text ? trimmed_text(t.octets) : t.octets;
    } else {
      out += t.octets;
    }
  }
  return out;
}

std::string indented(const std::vector<token>& all, const indentation& how) {
  const std::vector<bool> holds = holding_text(all);
  struct level {
    bool text = false;
    bool children = false;
  };
  std::size_t most = 64 << 10;  // deep nesting makes much of little
  for (const token& t : all) most += 4 * t.octets.size();
  std::vector<level> open;
  std::string out;
  const auto line = [&](std::size_t depth) {
    out += how.line_end;
    for (std::size_t i = 0; i < how.levels + depth; ++i) out += how.unit;
  };
  for (std::size_t i = 0; i < all.size(); ++i) {
    const token& t = all[i];
    if (separates_elements(all, i) && (open.empty() || !open.back().text)) continue;
    if (t.what == kind::end) {
      if (open.empty() || out.size() > most) return {};
      const bool last = open.size() == 1;
      if (last && how.line_for_signature && !open.back().text) line(1);
      if (open.back().children && !open.back().text) line(open.size() - 1);
      open.pop_back();
      out += t.octets;
      continue;
    }
    if (!open.empty() && !open.back().text && t.what != kind::text) {
      open.back().children = true;
      line(open.size());
    }
    if (how.comments || t.what != kind::comment) out += t.octets;
    if (t.what == kind::start) open.push_back({holds[i], false});
  }
  return out;
}

bool has_blanks(const std::vector<token>& all) {
  for (std::size_t i = 0; i < all.size(); ++i)
    if (separates_elements(all, i)) return true;
  return false;
}

std::string without_elements(const std::vector<token>& all, std::string_view local) {
  std::string out;
  std::size_t inside = 0;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const token& t = all[i];
    if (inside != 0) {
      if (t.what == kind::start) ++inside;
      if (t.what == kind::end) --inside;
    } else if (i != 0 && t.what == kind::start && local_in(t) == local) {
      inside = 1;
    } else {
      out += t.octets;
    }
  }
  return out;
}

std::string with_empty(const std::vector<token>& all, std::initializer_list<std::string_view> locals) {
  std::string out;
  std::size_t inside = 0;
  for (const token& t : all) {
    if (inside != 0) {
      if (t.what == kind::start) ++inside;
      if (t.what == kind::end && --inside == 0) out += t.octets;
      continue;
    }
    out += t.octets;
    if (t.what == kind::start && std::find(locals.begin(), locals.end(), local_in(t)) != locals.end()) inside = 1;
  }
  return out;
}

std::string_view content_of(std::string_view canonical) {
  if (!canonical.starts_with('<')) return {};
  const std::size_t begin = tag_end(canonical);
  const std::size_t end = canonical.rfind("</");
  return end == std::string_view::npos || end < begin ? std::string_view() : canonical.substr(begin, end - begin);
}

}  // namespace shep::forensics
