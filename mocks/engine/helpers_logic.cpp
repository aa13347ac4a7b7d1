#include "mocks/engine/template_helpers.hpp"

namespace shep::mocks {
namespace {

namespace json = boost::json;

/// Values are equal when they print alike: 5 and "5" are, as an XPath yields texts only. Lists and objects compare as JSON.
bool alike(const json::value& a, const json::value& b) {
  const auto text_a = printed(a);
  const auto text_b = printed(b);
  if (!text_a || !text_b) return a == b;
  return *text_a == *text_b;
}

result<json::value> equal(const helper_call& c) { return json::value(alike(*c.positional[0], *c.positional[1])); }
result<json::value> not_equal(const helper_call& c) { return json::value(!alike(*c.positional[0], *c.positional[1])); }

result<json::value> all_true(const helper_call& c) {
  for (const auto* value : c.positional)
    if (!is_true(*value)) return json::value(false);
  return json::value(true);
}

result<json::value> some_true(const helper_call& c) {
  for (const auto* value : c.positional)
    if (is_true(*value)) return json::value(true);
  return json::value(false);
}

result<json::value> not_true(const helper_call& c) { return json::value(!is_true(*c.positional[0])); }

result<json::value> or_default(const helper_call& c) { return is_true(*c.positional[0]) ? *c.positional[0] : *c.positional[1]; }

constexpr helper plain(std::string_view name, std::size_t least, std::size_t most, result<json::value> (*run)(const helper_call&)) {
  helper h;
  h.name = name;
  h.least = least;
  h.most = most;
  h.run = run;
  return h;
}

constexpr helper table[] = {
    plain("eq", 2, 2, equal),      plain("ne", 2, 2, not_equal), plain("and", 2, 16, all_true),
    plain("or", 2, 16, some_true), plain("not", 1, 1, not_true), plain("default", 2, 2, or_default),
};

}  // namespace

std::span<const helper> logic_helpers() { return table; }

}  // namespace shep::mocks
