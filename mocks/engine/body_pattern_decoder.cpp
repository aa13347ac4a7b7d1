#include "mocks/engine/mapping_keys.hpp"
#include "mocks/engine/operator_decoder.hpp"
#include "mocks/engine/problems.hpp"
#include "mocks/engine/request_decoder.hpp"

#include <array>

namespace shep::mocks {
namespace {

constexpr std::array<std::string_view, 2> documents = {"envelope", "businessData"};

struct body_pattern_decoder {
  decode_context& context;
  scope usual_scope;
  const std::string& name;

  criterion_ptr pattern(const json_node& node) const {
    const auto before = node.noted();
    if (!node.is_object(keys::body_pattern)) return nullptr;
    const bool keys_known = node.noted() == before;
    const auto in = node.member("in");
    scope looks_at = usual_scope;
    if (in)
      if (const auto chosen = in->choice(documents)) looks_at = *chosen == 0 ? scope::envelope : scope::business_data;
    if (const auto path = node.member("matchesXPath")) return xpath_pattern(node, *path, looks_at);

    const bool whole_document = node.member("equalToXml").has_value();
    if (in && looks_at == scope::business_data && !whole_document)
      in->fail(problems::mapping_value, "a text operator looks at the whole message", "use matchesXPath for the business data");
    if (const auto unused = node.member("xPathNamespaces"))
      unused->fail(problems::mapping_value, "xPathNamespaces goes with matchesXPath", "", pointed::key);
    const operator_site site{name,
                             [this](matcher_ptr matcher) -> criterion_ptr {
                               return std::make_unique<value_criterion>(name, &request_view::raw_body, std::move(matcher));
                             },
                             [&](std::shared_ptr<const xml_pattern> expected) -> criterion_ptr {
                               const scope where = !in && expected->of_envelope() ? scope::envelope : looks_at;
                               return std::make_unique<xml_criterion>(name, where, nullptr, std::move(expected));
                             },
                             [this](const json_node& inner) { return pattern(inner); }};
    return decode_operator(node, site, keys_known);
  }

  criterion_ptr xpath_pattern(const json_node& node, const json_node& path, scope looks_at) const {
    for (const auto key : keys::xpath_operand.keys)
      if (node.member(key)) {
        node.fail(problems::mapping_value, "an operator stands beside matchesXPath",
                  "put it into it: {\"matchesXPath\": {\"expression\": …, \"equalTo\": …}}");
        break;
      }
    const auto prefixes = decode_prefixes(node);
    const bool bare = !path.value().is_object();
    if (!bare && !path.is_object(keys::xpath_matcher)) return nullptr;
    const auto expression = bare ? std::optional<json_node>(path) : path.member("expression");
    if (!expression) path.fail(problems::mapping_value, "the XPath is missing", "write it under 'expression'");
    const auto asked = expression ? decode_xpath(*expression, prefixes, looks_at, context) : nullptr;
    if (!asked) return nullptr;
    const std::string shown = name + " " + asked->expression();
    const auto before = path.noted();
    auto wanted = bare ? nullptr : xpath_operator(path, shown, asked, false);
    if (wanted || path.noted() > before) return wanted;
    return std::make_unique<xpath_criterion>(shown, asked, nullptr);
  }

  static criterion_ptr xpath_operator(const json_node& node, const std::string& shown, const std::shared_ptr<const query>& asked,
                                      bool required) {
    const operator_site site{
        shown, [&](matcher_ptr matcher) -> criterion_ptr { return std::make_unique<xpath_criterion>(shown, asked, std::move(matcher)); },
        [&](std::shared_ptr<const xml_pattern> expected) -> criterion_ptr {
          return std::make_unique<xml_criterion>(shown, asked->where(), asked, std::move(expected));
        },
        [&](const json_node& inner) -> criterion_ptr {
          const auto before = inner.noted();
          if (!inner.is_object(keys::xpath_operand)) return nullptr;
          return xpath_operator(inner, shown, asked, inner.noted() == before);
        }};
    return decode_operator(node, site, required);
  }
};

}  // namespace

criterion_ptr decode_body_pattern(const json_node& node, const std::string& name, scope usual_scope, decode_context& context) {
  return body_pattern_decoder{context, usual_scope, name}.pattern(node);
}

}  // namespace shep::mocks
