#include "xml/xpath_tokens.hpp"

#include "xml/problems.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace shep::xml {
namespace {

constexpr std::string_view white = " \t\r\n";

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool starts_name(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (c & 0x80) != 0; }
bool continues_name(char c) { return starts_name(c) || is_digit(c) || c == '-' || c == '.'; }

std::string_view name_at(std::string_view text, std::size_t from) {
  std::size_t end = from;
  if (end < text.size() && starts_name(text[end])) {
    while (end < text.size() && continues_name(text[end])) ++end;
  }
  return text.substr(from, end - from);
}

bool is_node_type(std::string_view name) {
  constexpr std::array<std::string_view, 4> types = {"comment", "text", "processing-instruction", "node"};
  return std::find(types.begin(), types.end(), name) != types.end();
}

bool is_operator_name(std::string_view name) { return name == "and" || name == "or" || name == "mod" || name == "div"; }

class lexer {
 public:
  explicit lexer(std::string_view text) : text_(text) {}

  result<std::vector<token>> run() {
    for (;;) {
      at_ = std::min(text_.find_first_not_of(white, at_), text_.size());
      if (at_ == text_.size()) break;
      if (auto one = next(); !one) return one.error();
    }
    if (!open_.empty()) return xpath_problem("a bracket is not closed", open_.back().offset);
    return std::move(tokens_);
  }

 private:
  result<void> next() {
    const char c = text_[at_];
    if (c == '"' || c == '\'') return literal(c);
    if (is_digit(c) || (c == '.' && at_ + 1 < text_.size() && is_digit(text_[at_ + 1]))) return number();
    if (c == '$') return add(token_kind::variable, 1 + name_at(text_, at_ + 1).size());
    if (c == '*') return add(operand_before() ? token_kind::operation : token_kind::name, 1);
    if (starts_name(c)) return name();
    return punctuation();
  }

  result<void> literal(char quote) {
    const auto end = text_.find(quote, at_ + 1);
    if (end == std::string_view::npos) return xpath_problem("a text in quotes is not closed", at_);
    return add(token_kind::literal, end + 1 - at_);
  }

  result<void> number() {
    std::size_t end = at_;
    while (end < text_.size() && is_digit(text_[end])) ++end;
    if (end < text_.size() && text_[end] == '.') ++end;
    while (end < text_.size() && is_digit(text_[end])) ++end;
    return add(token_kind::number, end - at_);
  }

  // "If there is a preceding token and it is not one of @, ::, (, [, , or an Operator, then * and an NCName are operators."
  bool operand_before() const {
    if (tokens_.empty()) return false;
    const token& last = tokens_.back();
    return last.kind != token_kind::operation && !last.is("@") && !last.is("::") && !last.opens() && !last.is(",");
  }

  result<void> name() {
    const std::string_view first = name_at(text_, at_);
    if (operand_before()) {
      if (!is_operator_name(first)) return xpath_problem("an operator was expected before \"" + std::string(first) + "\"", at_);
      return add(token_kind::operation, first.size());
    }
    std::size_t length = first.size();
    const std::size_t colon = at_ + length;
    bool prefixed = false;
    if (text_.substr(colon).starts_with(':') && !text_.substr(colon).starts_with("::")) {
      const std::string_view second = text_.substr(colon + 1).starts_with('*') ? text_.substr(colon + 1, 1) : name_at(text_, colon + 1);
      if (second.empty()) return xpath_problem("a local name was expected after the prefix", colon + 1);
      length += 1 + second.size();
      prefixed = true;
    }
    const std::size_t after = text_.find_first_not_of(white, at_ + length);
    if (!prefixed && after != std::string_view::npos) {
      if (text_[after] == '(') return add(is_node_type(first) ? token_kind::node_type : token_kind::function, length);
      if (text_.substr(after).starts_with("::")) return add(token_kind::axis, length);
    }
    return add(token_kind::name, length);
  }

  result<void> punctuation() {
    constexpr std::array<std::string_view, 9> operations = {"//", "!=", "<=", ">=", "/", "|", "+", "-", "="};
    constexpr std::array<std::string_view, 9> symbols = {"::", "..", "(", ")", "[", "]", ".", "@", ","};
    const std::string_view rest = text_.substr(at_);
    for (const std::string_view o : operations) {
      if (rest.starts_with(o)) return add(token_kind::operation, o.size());
    }
    if (rest.front() == '<' || rest.front() == '>') return add(token_kind::operation, 1);
    for (const std::string_view s : symbols) {
      if (rest.starts_with(s)) return bracket(s);
    }
    return xpath_problem("this character has no meaning in XPath", at_);
  }

  result<void> bracket(std::string_view s) {
    if (s == "(" || s == "[") open_.push_back({s.front(), at_});
    if (s == ")" || s == "]") {
      if (open_.empty() || open_.back().bracket != (s == ")" ? '(' : '[')) return xpath_problem("this bracket closes nothing", at_);
      open_.pop_back();
    }
    return add(token_kind::symbol, s.size());
  }

  result<void> add(token_kind kind, std::size_t length) {
    tokens_.push_back({kind, text_.substr(at_, length), at_});
    at_ += length;
    return {};
  }

  struct opened {
    char bracket;
    std::size_t offset;
  };

  std::string_view text_;
  std::size_t at_ = 0;
  std::vector<token> tokens_;
  std::vector<opened> open_;
};

}  // namespace

problem xpath_problem(std::string what, std::size_t offset, std::string hint) {
  return problem(problems::xml_xpath, std::move(what), "byte " + std::to_string(offset) + " of the expression", std::move(hint));
}

result<std::vector<token>> tokens_of(std::string_view expression) { return lexer(expression).run(); }

}  // namespace shep::xml
