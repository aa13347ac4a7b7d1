#include "mocks/engine/near_text.hpp"
#include "mocks/engine/template_helpers.hpp"
#include "mocks/engine/template_scope.hpp"
#include "mocks/engine/template_text.hpp"

#include <charconv>

namespace shep::mocks {
namespace {

namespace json = boost::json;

enum class token_kind { word, text, open, close, equals, bar, end };

struct token {
  token_kind kind = token_kind::end;
  std::string text;
  std::size_t offset = 0;
};

class reader {
 public:
  reader(std::string_view text, std::size_t offset, reading_scope& scope) : text_(text), offset_(offset), scope_(scope) {}

  result<expression> whole(frame_names* names) {
    if (auto opened = advance(); !opened) return opened.error();
    auto value = call_or_value(0);
    if (!value) return value;
    if (names && current_.kind == token_kind::word && current_.text == "as")
      if (auto read = block_names(*names); !read) return read.error();
    if (current_.kind != token_kind::end) return template_error(current_.offset, "'" + current_.text + "' is not expected here");
    return value;
  }

 private:
  result<void> advance() {
    constexpr std::string_view blanks = " \t\r\n";
    while (at_ < text_.size() && blanks.find(text_[at_]) != std::string_view::npos) ++at_;
    current_ = {token_kind::end, "", offset_ + at_};
    if (at_ == text_.size()) return {};
    const char c = text_[at_];
    if (c == '\'' || c == '"') return quoted(c);
    const auto mark = std::string_view("()=|").find(c);
    if (mark != std::string_view::npos) {
      constexpr token_kind kinds[] = {token_kind::open, token_kind::close, token_kind::equals, token_kind::bar};
      current_ = {kinds[mark], std::string(1, c), offset_ + at_++};
      return {};
    }
    const std::size_t start = at_;
    while (at_ < text_.size() && std::string_view(" \t\r\n()=|'\"").find(text_[at_]) == std::string_view::npos) {
      if (text_[at_] == '[') at_ = std::min(text_.find(']', at_), text_.size() - 1);
      ++at_;
    }
    current_ = {token_kind::word, std::string(text_.substr(start, at_ - start)), offset_ + start};
    return {};
  }

  result<void> quoted(char quote) {
    const std::size_t start = at_++;
    std::string value;
    while (at_ < text_.size() && text_[at_] != quote) {
      // A backslash guards the quote only: regular expressions and XPaths keep theirs.
      if (text_[at_] == '\\' && at_ + 1 < text_.size() && text_[at_ + 1] == quote) ++at_;
      value += text_[at_++];
    }
    if (at_ == text_.size()) return template_error(offset_ + start, "a text is opened and never closed");
    ++at_;
    current_ = {token_kind::text, std::move(value), offset_ + start};
    return {};
  }

  /// What stands at the start of a tag or in parentheses.
  result<expression> call_or_value(std::size_t depth) {
    if (current_.kind == token_kind::word)
      if (const helper* called = find_helper(current_.text); called && (!called->only_with_names || a_name_follows(*called)))
        return call(*called, depth);
    const std::string first = current_.text;
    auto value = argument(depth);
    if (!value) return value;
    const bool more = current_.kind == token_kind::text || current_.kind == token_kind::open ||
                      (current_.kind == token_kind::word && current_.text != "as");
    if (more && !std::holds_alternative<literal>(value->what))
      return template_error(value->offset, "arguments follow something that is not a helper", known_words_hint(first, helper_names()));
    return value;
  }

  result<expression> argument(std::size_t depth) {
    const token here = current_;
    if (here.kind == token_kind::end) return template_error(here.offset, "a value is missing");
    if (here.kind == token_kind::open) return parenthesized(depth);
    if (here.kind != token_kind::word && here.kind != token_kind::text)
      return template_error(here.offset, "'" + here.text + "' stands where a value is expected");
    if (auto next = advance(); !next) return next.error();
    if (here.kind == token_kind::text) return expression{here.offset, literal{json::value(here.text)}};
    if (const auto value = literal_word(here.text)) return expression{here.offset, literal{*value}};
    return resolve_path(here.text, here.offset, scope_);
  }

  result<expression> parenthesized(std::size_t depth) {
    const std::size_t start = current_.offset;
    if (depth >= deepest_template) return template_error(start, "sub-expressions are nested more than 32 deep");
    if (auto next = advance(); !next) return next.error();
    auto inner = call_or_value(depth + 1);
    if (!inner) return inner;
    if (current_.kind != token_kind::close) return template_error(start, "a parenthesis is opened and never closed");
    if (auto next = advance(); !next) return next.error();
    return inner;
  }

  static std::optional<json::value> literal_word(const std::string& word) {
    if (word == "true") return json::value(true);
    if (word == "false") return json::value(false);
    if (word == "null" || word == "undefined") return json::value(nullptr);
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), number);
    if (error == std::errc() && end == word.data() + word.size()) return json::value(number);
    return std::nullopt;
  }

  result<expression> call(const helper& called, std::size_t depth) {
    const std::size_t start = current_.offset;
    if (auto next = advance(); !next) return next.error();
    auto site = std::make_unique<helper_call_site>();
    site->called = &called;
    while (current_.kind == token_kind::word || current_.kind == token_kind::text || current_.kind == token_kind::open) {
      if (current_.kind == token_kind::word && current_.text == "as") break;
      const bool named = current_.kind == token_kind::word && next_is_equals();
      if (auto read = named ? named_argument_of(*site, depth) : positional_argument_of(*site, depth); !read) return read.error();
    }
    if (auto fits = check(*site, start); !fits) return fits.error();
    return expression{start, std::move(site)};
  }

  static bool names_helper(std::string_view name) {
    const helper* known = find_helper(name);
    return known && !known->only_with_names;
  }

  bool a_name_follows(const helper& called) const {
    const auto begin = text_.find_first_not_of(" \t\r\n", at_);
    if (begin == std::string_view::npos) return false;
    const auto rest = text_.substr(begin);
    return std::any_of(called.named.begin(), called.named.end(), [&](std::string_view name) {
      if (!rest.starts_with(name)) return false;
      const auto mark = rest.find_first_not_of(" \t\r\n", name.size());
      return mark != std::string_view::npos && rest[mark] == '=';
    });
  }

  bool next_is_equals() const {
    const auto next = text_.find_first_not_of(" \t\r\n", at_);
    return next != std::string_view::npos && text_[next] == '=';
  }

  result<void> named_argument_of(helper_call_site& site, std::size_t depth) {
    const token name = current_;
    const auto known = site.called->named;
    if (std::find(known.begin(), known.end(), name.text) == known.end())
      return template_error(name.offset, "'" + std::string(site.called->name) + "' has no argument '" + name.text + "'",
                            known_words_hint(name.text, known));
    for (const auto& given : site.named)
      if (given.name == name.text) return template_error(name.offset, "the argument '" + name.text + "' is given twice");
    if (auto next = advance(); !next) return next.error();
    if (auto next = advance(); !next) return next.error();
    auto value = argument(depth);
    if (!value) return value.error();
    if (auto fits = check_literal(*site.called, name.text, *value); !fits) return fits.error();
    site.named.push_back({name.text, std::move(*value)});
    return {};
  }

  result<void> positional_argument_of(helper_call_site& site, std::size_t depth) {
    // WireMock writes the document first: xPath request.body '//a'. Here the helper knows its document.
    if (site.called->takes_xpath && site.positional.empty() && current_.text == "request.body" && current_.kind == token_kind::word)
      return advance();
    auto value = argument(depth);
    if (!value) return value.error();
    if (auto fits = check_literal(*site.called, "", *value); !fits) return fits.error();
    site.positional.push_back(std::move(*value));
    return {};
  }

  static result<void> check_literal(const helper& called, const std::string& name, const expression& value) {
    const auto* constant = std::get_if<literal>(&value.what);
    if (!constant || !called.check || !constant->value.is_string()) return {};
    const auto wrong = called.check(name, constant->value.get_string());
    if (wrong.empty()) return {};
    return template_error(value.offset, wrong);
  }

  result<void> check(helper_call_site& site, std::size_t start) {
    const helper& called = *site.called;
    const std::string name(called.name);
    if (site.positional.size() < called.least || site.positional.size() > called.most)
      return template_error(start,
                            "'" + name + "' takes " +
                                (called.least == called.most ? std::to_string(called.least) : std::to_string(called.least) + " or more") +
                                " arguments without a name, not " + std::to_string(site.positional.size()));
    for (const auto needed : called.named.first(called.required)) {
      const auto given = [&](const named_argument& a) { return a.name == needed; };
      if (std::none_of(site.named.begin(), site.named.end(), given))
        return template_error(start, "'" + name + "' needs the argument '" + std::string(needed) + "'");
    }
    return called.takes_xpath ? compile_xpath(site) : result<void>();
  }

  result<void> compile_xpath(helper_call_site& site) {
    const auto& value = site.positional.front();
    const auto* constant = std::get_if<literal>(&value.what);
    // A text of the request must never become an expression.
    if (!constant || !constant->value.is_string()) return template_error(value.offset, "the XPath must be written out between quotes");
    auto asked = scope_.queries.get(constant->value.get_string(), {}, site.called->looks_at);
    if (!asked) return template_error(value.offset, asked.error().detail, asked.error().hint);
    site.asked = *asked;
    site.positional.clear();
    return {};
  }

  result<void> block_names(frame_names& names) {
    const std::size_t start = current_.offset;
    std::vector<std::string> read;
    if (auto next = advance(); !next) return next;
    if (current_.kind != token_kind::bar) return template_error(start, "'as' is followed by names between bars: as |item|");
    if (auto next = advance(); !next) return next;
    while (current_.kind == token_kind::word) {
      read.push_back(current_.text);
      if (auto next = advance(); !next) return next;
    }
    if (current_.kind != token_kind::bar || read.empty() || read.size() > 2)
      return template_error(start, "'as' is followed by one or two names between bars: as |item index|");
    for (const auto& name : read)
      if (name.find_first_of("./[]@") != std::string::npos || name == "request" || name == "this" || names_helper(name))
        return template_error(start, "'" + name + "' cannot be the name of a value");
    names.item = read.front();
    if (read.size() == 2) names.index = read.back();
    return advance();
  }

  std::string_view text_;
  std::size_t offset_;
  reading_scope& scope_;
  std::size_t at_ = 0;
  token current_;
};

}  // namespace

result<expression> read_expression(std::string_view text, std::size_t offset, reading_scope& scope) {
  return reader(text, offset, scope).whole(nullptr);
}

result<expression> read_block_subject(std::string_view text, std::size_t offset, reading_scope& scope, frame_names& names) {
  return reader(text, offset, scope).whole(&names);
}

}  // namespace shep::mocks
