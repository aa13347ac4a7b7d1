#include "mocks/engine/http_criteria.hpp"
#include "mocks/engine/mapping_keys.hpp"
#include "mocks/engine/operator_decoder.hpp"
#include "mocks/engine/problems.hpp"
#include "mocks/engine/request_decoder.hpp"

namespace shep::mocks {
namespace {

struct url_key {
  std::string_view name;
  bool path_only;
  text_operator kind;
};
constexpr url_key url_keys[] = {{"url", false, text_operator::equal_to},
                                {"urlPath", true, text_operator::equal_to},
                                {"urlPattern", false, text_operator::matches},
                                {"urlPathPattern", true, text_operator::matches}};

void decode_url(const json_node& request, mapping& made) {
  std::string_view first;
  for (const auto& key : url_keys) {
    const auto node = request.member(key.name);
    if (!node) continue;
    if (!first.empty()) {
      node->fail(problems::mapping_value, "'" + std::string(key.name) + "' stands beside '" + std::string(first) + "'", "keep one of them",
                 pointed::key);
      continue;
    }
    first = key.name;
    if (auto matcher = decode_text_operator(*node, key.kind))
      made.criteria.push_back(std::make_unique<target_criterion>(std::string(key.name), key.path_only, std::move(matcher)));
  }
}

criterion_ptr decode_header(const json_node& node, const std::string& name) {
  const auto made = [&name](matcher_ptr matcher) -> criterion_ptr { return std::make_unique<header_criterion>(name, std::move(matcher)); };
  const auto before = node.noted();
  if (!node.is_object(keys::text_matcher)) return nullptr;
  const operator_site site{"headers." + name, made, {}, [&name](const json_node& inner) { return decode_header(inner, name); }};
  return decode_operator(node, site, node.noted() == before);
}

}  // namespace

bool decode_http_request(const json_node& request, mapping& made) {
  bool any = false;
  if (const auto method = request.member("method")) {
    any = true;
    auto wanted = method->text();
    if (wanted && wanted->empty()) method->fail(problems::mapping_value, "a method has a name", "POST, or ANY");
    else if (wanted && *wanted != "ANY")
      if (auto matcher = decode_text_operator(*method, text_operator::equal_to))
        made.criteria.push_back(std::make_unique<value_criterion>("method", &request_view::method, std::move(matcher)));
  }
  for (const auto& key : url_keys) any = any || request.member(key.name).has_value();
  decode_url(request, made);
  if (const auto headers = request.member("headers")) {
    any = true;
    if (!headers->value().is_object()) {
      headers->fail(problems::mapping_value, "headers is an object of names and operators");
      return any;
    }
    for (const auto& entry : headers->value().get_object()) {
      const std::string name(entry.key());
      if (const auto node = headers->member(name))
        if (auto c = decode_header(*node, name)) made.criteria.push_back(std::move(c));
    }
  }
  return any;
}

}  // namespace shep::mocks
