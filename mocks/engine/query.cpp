#include "mocks/engine/query.hpp"

namespace shep::mocks {
namespace {

/// What a mapping calls the envelope begins at its Body for us, because nothing above is covered by a signature: "/Envelope/Body/x" is
/// "/Body/x" there.
std::string_view below_envelope(std::string_view expression) {
  const std::size_t step = expression.find('/', 1);
  if (!expression.starts_with('/') || expression.starts_with("//") || step == std::string_view::npos) return expression;
  const std::string_view first = expression.substr(1, step - 1);
  return first.substr(first.find(':') + 1) == "Envelope" ? expression.substr(step) : expression;
}

}  // namespace

result<std::shared_ptr<const query>> query::compile(std::string_view expression, const std::map<std::string, std::string>& namespaces,
                                                    scope where) {
  auto compiled = xml::xpath::compile(where == scope::envelope ? below_envelope(expression) : expression, namespaces);
  if (!compiled) return compiled.error();
  return std::shared_ptr<const query>(new query(where, std::move(*compiled)));
}

std::vector<std::string> query::texts(xml::element root) const { return root ? compiled_.strings(root) : std::vector<std::string>(); }

std::vector<xml::element> query::elements(xml::element root) const { return root ? compiled_.elements(root) : std::vector<xml::element>(); }

bool query::holds(xml::element root) const { return root && compiled_.matches(root); }

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
