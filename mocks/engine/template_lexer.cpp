#include "mocks/engine/template_lexer.hpp"

#include "mocks/engine/problems.hpp"

#include <algorithm>

namespace shep::mocks {
namespace {

constexpr std::string_view blanks = " \t\r\n";

bool is_blank(std::string_view text) { return text.find_first_not_of(blanks) == std::string_view::npos; }

std::string_view trimmed(std::string_view text) {
  const auto start = text.find_first_not_of(blanks);
  if (start == std::string_view::npos) return {};
  return text.substr(start, text.find_last_not_of(blanks) - start + 1);
}

struct marked_tag {
  template_tag tag;
  std::size_t end = 0;  // behind the closing braces
  bool eats_before = false;
  bool eats_after = false;
};

problem syntax(std::size_t offset, std::string what) { return {problems::template_syntax, std::move(what), std::to_string(offset)}; }

/// Where the expression's closing braces begin; quoted texts may contain braces.
std::size_t closing_braces(std::string_view source, std::size_t from) {
  char quote = 0;
  for (std::size_t i = from; i < source.size(); ++i) {
    const char c = source[i];
    if (quote != 0) {
      if (c == '\\') ++i;
      else if (c == quote) quote = 0;
    } else if (c == '\'' || c == '"') {
      quote = c;
    } else if (source.substr(i).starts_with("}}")) {
      return i;
    }
  }
  return std::string_view::npos;
}

bool take_front(std::string_view& text, std::string_view head) {
  if (!text.starts_with(head)) return false;
  text.remove_prefix(head.size());
  return true;
}

void classify(marked_tag& marked) {
  std::string_view inside = trimmed(marked.tag.inside);
  const auto keyword = [&inside](std::string_view word) {
    return inside.starts_with(word) && (inside.size() == word.size() || blanks.find(inside[word.size()]) != std::string_view::npos);
  };
  if (take_front(inside, "#")) {
    marked.tag.kind = tag_kind::open;
  } else if (take_front(inside, "/")) {
    marked.tag.kind = tag_kind::close;
  } else if (keyword("else")) {
    inside.remove_prefix(4);
    marked.tag.kind = tag_kind::otherwise;
  }
  marked.tag.inside = trimmed(inside);
}

result<marked_tag> read_tag(std::string_view source, std::size_t start) {
  marked_tag marked;
  marked.tag.offset = start;
  std::size_t at = start + 2;
  const bool raw = source.substr(at).starts_with("{");
  if (raw) ++at;
  marked.eats_before = source.substr(at).starts_with("~");
  if (marked.eats_before) ++at;

  const auto rest = source.substr(at);
  const bool comment = rest.starts_with("!");
  const bool long_comment = rest.starts_with("!--");
  // A comment may hold anything but its own end.
  std::size_t end = comment ? source.find(long_comment ? "--" : "}}", at + (long_comment ? 3 : 1)) : closing_braces(source, at);
  if (long_comment)
    while (end != std::string_view::npos && !source.substr(end).starts_with("--}}") && !source.substr(end).starts_with("--~}}"))
      end = source.find("--", end + 1);
  if (end == std::string_view::npos) return syntax(start, "a tag is opened and never closed");
  if (long_comment) end += 2;

  std::size_t inside_end = end;
  if (long_comment && source.substr(end).starts_with("~")) {
    marked.eats_after = true;
    ++end;
  } else if (!comment && inside_end > at && source[inside_end - 1] == '~') {
    marked.eats_after = true;
    --inside_end;
  }
  marked.tag.inside = source.substr(at, inside_end - at);
  marked.end = end + 2;
  if (comment) {
    marked.tag.kind = tag_kind::comment;
    return marked;
  }
  if (raw) {
    if (!source.substr(marked.end).starts_with("}")) return syntax(start, "three braces are opened and not closed by three");
    ++marked.end;
    marked.tag.kind = tag_kind::raw;
    marked.tag.inside = trimmed(marked.tag.inside);
    return marked;
  }
  classify(marked);
  return marked;
}

/// How many octets at the end of `text` are the blank start of the line the next tag stands on; npos when it is not alone there.
std::size_t blank_tail(std::string_view text, bool at_start) {
  const auto line = text.rfind('\n');
  if (line == std::string_view::npos && !at_start) return std::string_view::npos;
  const auto tail = line == std::string_view::npos ? text : text.substr(line + 1);
  return is_blank(tail) ? tail.size() : std::string_view::npos;
}

std::size_t blank_head(std::string_view text, bool at_end) {
  const auto line = text.find('\n');
  if (line == std::string_view::npos) return at_end && is_blank(text) ? text.size() : std::string_view::npos;
  return is_blank(text.substr(0, line)) ? line + 1 : std::string_view::npos;
}

}  // namespace

result<template_pieces> split_template(std::string_view source) {
  template_pieces pieces;
  std::vector<marked_tag> marked;
  std::size_t text_start = 0;
  for (std::size_t from = 0;;) {
    const auto start = source.find("{{", from);
    if (start == std::string_view::npos) break;
    auto tag = read_tag(source, start);
    if (!tag) return tag.error();
    pieces.texts.push_back(source.substr(text_start, start - text_start));
    pieces.tags.push_back(tag->tag);
    from = text_start = tag->end;
    marked.push_back(std::move(*tag));
  }
  pieces.texts.push_back(source.substr(text_start));

  std::vector<std::size_t> cut_front(pieces.texts.size(), 0);
  std::vector<std::size_t> cut_back(pieces.texts.size(), 0);
  for (std::size_t i = 0; i < marked.size(); ++i) {
    const auto before = pieces.texts[i];
    const auto after = pieces.texts[i + 1];
    const auto kind = marked[i].tag.kind;
    if (kind != tag_kind::escaped && kind != tag_kind::raw) {
      const auto tail = blank_tail(before, i == 0);
      const auto head = blank_head(after, i + 1 == marked.size());
      if (tail != std::string_view::npos && head != std::string_view::npos) {
        cut_back[i] = tail;
        cut_front[i + 1] = head;
      }
    }
    if (marked[i].eats_before) cut_back[i] = before.size() - (before.find_last_not_of(blanks) + 1);
    if (marked[i].eats_after) cut_front[i + 1] = std::min(after.find_first_not_of(blanks), after.size());
  }
  for (std::size_t i = 0; i < pieces.texts.size(); ++i) {
    auto& text = pieces.texts[i];
    text.remove_prefix(cut_front[i]);
    text.remove_suffix(std::min(cut_back[i], text.size()));
  }
  return pieces;
}

}  // namespace shep::mocks
