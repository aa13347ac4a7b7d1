#include "xml/xpath_rewrite.hpp"

#include "xml/names.hpp"
#include "xml/xpath_cost.hpp"

#include <algorithm>
#include <array>

namespace shep::xml {
namespace {

constexpr std::size_t most_rewritten = 64 << 10;

constexpr std::array<std::string_view, 27> functions = {"last",
                                                        "position",
                                                        "count",
                                                        "id",
                                                        "local-name",
                                                        "namespace-uri",
                                                        "name",
                                                        "string",
                                                        "concat",
                                                        "sum",
                                                        "contains",
                                                        "substring-before",
                                                        "substring-after",
                                                        "substring",
                                                        "string-length",
                                                        "translate",
                                                        "normalize-space",
                                                        "boolean",
                                                        "not",
                                                        "true",
                                                        "false",
                                                        "lang",
                                                        "number",
                                                        "floor",
                                                        "ceiling",
                                                        "round",
                                                        "starts-with"};

constexpr std::array<std::string_view, 6> downward_axes = {"child", "descendant", "descendant-or-self", "self", "attribute", "namespace"};

template <std::size_t n>
bool one_of(std::string_view text, const std::array<std::string_view, n>& names) {
  return std::find(names.begin(), names.end(), text) != names.end();
}

/// The token that closes the bracket at `open`; brackets are balanced.
std::size_t closing(const std::vector<token>& tokens, std::size_t open) {
  std::size_t depth = 0;
  for (std::size_t i = open; i < tokens.size(); ++i) {
    if (tokens[i].opens()) ++depth;
    if (tokens[i].closes() && --depth == 0) return i;
  }
  return tokens.size();
}

/// Predicates may follow a step; the token after them.
std::size_t after_predicates(const std::vector<token>& tokens, std::size_t from) {
  while (from < tokens.size() && tokens[from].is("[")) from = closing(tokens, from) + 1;
  return from;
}

/// A predicate of type number selects by position; "yes" when in doubt costs time only.
bool positional(const std::vector<token>& tokens, std::size_t from, std::size_t to) {
  constexpr std::array<std::string_view, 8> comparisons = {"=", "!=", "<", "<=", ">", ">=", "and", "or"};
  constexpr std::array<std::string_view, 5> arithmetic = {"+", "-", "*", "div", "mod"};
  constexpr std::array<std::string_view, 7> numbers = {"count", "number", "sum", "floor", "ceiling", "round", "string-length"};
  bool compares = false, calculates = false;
  std::size_t depth = 0;
  for (std::size_t i = from; i < to; ++i) {
    const token& t = tokens[i];
    if (t.kind == token_kind::function && (t.text == "position" || t.text == "last")) return true;
    if (t.opens()) ++depth;
    if (t.closes()) --depth;
    if (depth != 0 || t.kind != token_kind::operation) continue;
    compares |= one_of(t.text, comparisons);
    calculates |= one_of(t.text, arithmetic);
  }
  if (compares || from == to) return false;
  const token& first = tokens[from];
  return calculates || first.kind == token_kind::number || first.is("(") ||
         (first.kind == token_kind::function && one_of(first.text, numbers));
}

std::string quoted(std::string_view text) {
  const char quote = text.find('\'') == std::string_view::npos ? '\'' : '"';
  return quote + std::string(text) + quote;
}

class rewriter {
 public:
  rewriter(const std::vector<token>& tokens, const std::map<std::string, std::string>& namespaces)
      : tokens_(tokens), namespaces_(namespaces) {}

  result<rewritten_xpath> run() {
    for (at_ = 0; at_ < tokens_.size(); ++at_) {
      const token& t = tokens_[at_];
      if (auto one = next(t); !one) return one.error();
      if (out_.text.size() > most_rewritten) return xpath_problem("the expression is too long with its namespaces written out", t.offset);
    }
    out_.reads_text = texts_at_ends_ == unions_ + 1;
    return std::move(out_);
  }

 private:
  result<void> next(const token& t) {
    switch (t.kind) {
      case token_kind::variable: return xpath_problem("variables are not supported", t.offset);
      case token_kind::axis:
      case token_kind::name:
      case token_kind::node_type: return step();
      case token_kind::function: return function(t);
      case token_kind::operation: return operation(t);
      case token_kind::symbol: return t.is("@") ? step() : symbol(t);
      default: emit(t, t.text); return {};
    }
  }

  void emit(const token& t, std::string_view text) {
    if (!out_.text.empty()) out_.text += ' ';
    out_.origins.emplace_back(out_.text.size(), t.offset);
    out_.text += text;
  }

  bool is_at(std::size_t i, std::string_view text) const { return i < tokens_.size() && tokens_[i].is(text); }
  bool is_at(std::size_t i, token_kind kind) const { return i < tokens_.size() && tokens_[i].kind == kind; }

  result<void> symbol(const token& t) {
    if (t.opens()) open_.push_back(t.text.front());
    if (t.closes()) open_.pop_back();
    if (t.is("..")) out_.stands_alone = true;
    emit(t, t.text);
    return {};
  }

  result<void> function(const token& t) {
    if (!one_of(t.text, functions)) {
      return xpath_problem("there is no function " + std::string(t.text) + "()", t.offset, "the functions of XPath 1.0 are available");
    }
    if (t.text == "lang") out_.stands_alone = true;
    emit(t, t.text);
    return {};
  }

  result<void> operation(const token& t) {
    if ((t.text == "/" || t.text == "//") && leads()) {
      leading_slash(t);
      return {};
    }
    if (t.text == "|" && open_.empty()) ++unions_;
    emit(t, t.text);
    return {};
  }

  // "/" where an operand is expected starts an absolute path.
  bool leads() const {
    if (at_ == 0) return true;
    const token& before = tokens_[at_ - 1];
    return before.opens() || before.is(",") || (before.kind == token_kind::operation && before.text != "/" && before.text != "//");
  }

  // Seen from the document node whose only child is the context: "/a" is the context when it is an a, "//a" is any a from the context
  // downward. Whatever needs more than that (a position among siblings, the document node itself) stands alone.
  void leading_slash(const token& t) {
    const bool deep = t.text == "//";
    const std::size_t step = at_ + 1;
    const bool attribute = is_at(step, "@") || (is_at(step, token_kind::axis) && tokens_[step].text == "attribute");
    const bool child = is_at(step, token_kind::name) || is_at(step, token_kind::node_type) ||
                       (is_at(step, token_kind::axis) && tokens_[step].text == "child");
    const bool in_predicate = std::find(open_.begin(), open_.end(), '[') != open_.end();
    if (!in_predicate && deep && attribute) {
      emit(t, "descendant-or-self::node()/");
    } else if (!in_predicate && child && (!deep || !positional_predicates(step))) {
      anchor_ = deep ? "descendant-or-self" : "self";
    } else {
      out_.stands_alone = true;
      emit(t, t.text);
    }
  }

  bool positional_predicates(std::size_t step) const {
    if (is_at(step, token_kind::axis)) step += 2;
    if (is_at(step, token_kind::node_type)) step = closing(tokens_, step + 1);
    for (++step; is_at(step, "["); ++step) {
      const std::size_t end = closing(tokens_, step);
      if (positional(tokens_, step + 1, end)) return true;
      step = end;
    }
    return false;
  }

  // One step: its axis, written or not, and its node test. Predicates follow as tokens of their own.
  result<void> step() {
    const token& first = tokens_[at_];
    std::string_view axis = "child";
    if (first.is("@")) {
      axis = "attribute";
      ++at_;
    } else if (first.kind == token_kind::axis) {
      if (first.text == "namespace") {
        return xpath_problem("the namespace axis is not supported", first.offset, "compare namespace-uri() instead");
      }
      if (!one_of(first.text, downward_axes)) out_.stands_alone = true;
      axis = first.text;
      at_ += 2;
    }
    if (!anchor_.empty()) axis = std::exchange(anchor_, {});
    if (is_at(at_, token_kind::name)) return name_test(first, axis);
    if (is_at(at_, token_kind::node_type)) return node_type(first, axis);
    return xpath_problem("a name or a node test was expected after the axis", first.offset);
  }

  void emit_step(const token& first, std::string_view axis, const std::string& test) {
    emit(first, axis == "child" ? test : std::string(axis) + "::" + test);
  }

  result<void> name_test(const token& first, std::string_view axis) {
    const std::string_view name = tokens_[at_].text;
    const auto colon = name.find(':');
    if (colon == std::string_view::npos) {
      const bool as_it_is = axis == "attribute" || name == "*";
      emit_step(first, axis, as_it_is ? std::string(name) : "*[local-name()=" + quoted(name) + "]");
      return {};
    }
    const std::string prefix(name.substr(0, colon));
    const std::string_view local = name.substr(colon + 1);
    const auto found = namespaces_.find(prefix);
    if (found == namespaces_.end() && prefix != "xml") {
      return xpath_problem("the prefix \"" + prefix + "\" is not bound to a namespace", tokens_[at_].offset,
                           "bind it where the expression is configured");
    }
    const std::string_view uri = prefix == "xml" ? ns::xml : std::string_view(found->second);
    if (uri == ns::xml) {
      // No declaration in a tree binds this one, and no other namespace may use its prefix.
      emit_step(first, axis, local == "*" ? "*[starts-with(name(),'xml:')]" : "xml:" + std::string(local));
      return {};
    }
    if (uri.find('\'') != std::string_view::npos && uri.find('"') != std::string_view::npos) {
      return xpath_problem("the namespace of the prefix \"" + prefix + "\" holds both kinds of quotes", tokens_[at_].offset);
    }
    const std::string by_local = local == "*" ? "" : "local-name()=" + quoted(local) + " and ";
    emit_step(first, axis, "*[" + by_local + "namespace-uri()=" + quoted(uri) + "]");
    return {};
  }

  result<void> node_type(const token& first, std::string_view axis) {
    const bool is_text = tokens_[at_].text == "text" && is_at(at_ + 2, ")");
    const std::size_t end = after_predicates(tokens_, at_ + 3);
    const bool deep = axis == "descendant" || axis == "descendant-or-self";
    if (!is_text || !(deep || axis == "child") || is_at(end, "/") || is_at(end, "//")) {
      emit_step(first, axis, std::string(tokens_[at_].text));
      return {};
    }
    if (open_.empty() && (end == tokens_.size() || is_at(end, "|"))) ++texts_at_ends_;
    emit(first, deep ? "descendant-or-self::*[text()]" : "self::*[text()]");
    at_ += 2;  // its brackets
    return {};
  }

  const std::vector<token>& tokens_;
  const std::map<std::string, std::string>& namespaces_;
  rewritten_xpath out_;
  std::size_t at_ = 0;
  std::string_view anchor_;  ///< the axis that stands for the leading slashes before the step at hand
  std::vector<char> open_;
  std::size_t unions_ = 0;
  std::size_t texts_at_ends_ = 0;
};

}  // namespace

std::size_t rewritten_xpath::original_offset(std::size_t offset) const {
  const auto after = std::upper_bound(origins.begin(), origins.end(), std::pair(offset, static_cast<std::size_t>(-1)));
  return after == origins.begin() ? 0 : std::prev(after)->second;
}

result<rewritten_xpath> rewrite_xpath(std::string_view expression, const std::map<std::string, std::string>& namespaces) {
  const auto tokens = tokens_of(expression);
  if (!tokens) return tokens.error();
  auto rewritten = rewriter(*tokens, namespaces).run();
  if (rewritten) rewritten->degree = cost_degree(*tokens);
  return rewritten;
}

}  // namespace shep::xml
