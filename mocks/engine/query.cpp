#include "mocks/engine/query.hpp"

#include "xml/text.hpp"

namespace shep::mocks {
namespace {

/// The alternatives of a union ("a | b"), split outside quotes, brackets and parentheses.
std::vector<std::string_view> alternatives(std::string_view expression) {
  std::vector<std::string_view> parts;
  std::size_t start = 0;
  int depth = 0;
  char quote = 0;
  for (std::size_t i = 0; i < expression.size(); ++i) {
    const char c = expression[i];
    if (quote != 0) {
      if (c == quote) quote = 0;
    } else if (c == '\'' || c == '"') {
      quote = c;
    } else if (c == '(' || c == '[') {
      ++depth;
    } else if (c == ')' || c == ']') {
      --depth;
    } else if (c == '|' && depth == 0) {
      parts.push_back(expression.substr(start, i - start));
      start = i + 1;
    }
  }
  parts.push_back(expression.substr(start));
  return parts;
}

/// "//iin/text() | //IIN/text()" → "//iin | //IIN"; nothing when some alternative does not end in a text() step.
std::optional<std::string> elements_behind_text(std::string_view expression) {
  constexpr std::string_view step = "/text()";
  std::string elements;
  for (auto part : alternatives(expression)) {
    part = xml::trimmed(part);
    if (!part.ends_with(step)) return std::nullopt;
    part.remove_suffix(step.size());
    if (part.empty() || part.ends_with('/')) return std::nullopt;
    if (!elements.empty()) elements += " | ";
    elements += part;
  }
  return elements;
}

}  // namespace

result<std::shared_ptr<const query>> query::compile(std::string_view expression, const std::map<std::string, std::string>& namespaces,
                                                    scope where) {
  const auto elements = elements_behind_text(expression);
  auto compiled = xml::xpath::compile(elements ? *elements : expression, namespaces);
  if (!compiled) return compiled.error();
  return std::shared_ptr<const query>(new query(std::string(expression), where, std::move(*compiled), elements.has_value()));
}

query_values query::evaluate(xml::element root) const {
  query_values values;
  if (!root) return values;
  if (!whole_text_) {
    values.texts = compiled_.strings(root);
    values.truth = compiled_.matches(root);
    return values;
  }
  for (const auto element : compiled_.elements(root)) {
    auto text = xml::text_of(element);
    if (!text.empty()) values.texts.push_back(std::move(text));
  }
  values.truth = !values.texts.empty();
  return values;
}

result<std::shared_ptr<const query>> query_pool::get(std::string_view expression, const std::map<std::string, std::string>& namespaces,
                                                     scope where) {
  std::string key = std::to_string(static_cast<int>(where));
  for (const auto& [prefix, uri] : namespaces) key += '\n' + prefix + '=' + uri;
  key.append(1, '\n').append(expression);
  if (const auto known = known_.find(key); known != known_.end()) return known->second;
  auto made = query::compile(expression, namespaces, where);
  if (made) known_.emplace(std::move(key), *made);
  return made;
}

}  // namespace shep::mocks
