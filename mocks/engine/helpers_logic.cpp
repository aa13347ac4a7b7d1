#include "mocks/engine/template_helpers.hpp"

#include <algorithm>

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

result<json::value> includes(const helper_call& c) {
  if (c.positional[0]->is_null()) return json::value(false);
  const auto* items = c.positional[0]->if_array();
  if (!items) return unusable("'includes' looks into a list");
  for (const json::value& item : *items)
    if (alike(item, *c.positional[1])) return json::value(true);
  return json::value(false);
}

/// The member at a path such as "state.code"; null when there is none.
const json::value* member_at(const json::value& item, std::string_view path) {
  const json::value* at = &item;
  while (at && !path.empty()) {
    const auto end = std::min(path.find('.'), path.size());
    const auto* object = at->if_object();
    at = object ? object->if_contains(path.substr(0, end)) : nullptr;
    path.remove_prefix(std::min(end + 1, path.size()));
  }
  return at;
}

/// Lists of registers are in the order of time: the last one that fits is the latest.
result<json::value> entry(const helper_call& c) {
  if (c.positional[0]->is_null()) return json::value(nullptr);
  const auto* items = c.positional[0]->if_array();
  if (!items) return unusable("'entry' looks into a list");
  const auto path = printed(*c.positional[1]);
  if (!path) return path.error();
  for (auto item = items->rbegin(); item != items->rend(); ++item) {
    const auto* member = member_at(*item, *path);
    if (member && alike(*member, *c.positional[2])) return *item;
  }
  return json::value(nullptr);
}

/// Dates are compared as texts, up to the day: "2025-12-31" before "2026-01-01T00:00:00". What is empty is before nothing.
result<json::value> before(const helper_call& c) {
  constexpr std::size_t day = 10;
  const auto a = printed(*c.positional[0]);
  const auto b = printed(*c.positional[1]);
  if (!a) return a.error();
  if (!b) return b.error();
  return json::value(!a->empty() && !b->empty() && a->compare(0, day, *b, 0, day) < 0);
}

constexpr helper logic_table[] = {
    plain_helper("eq", 2, 2, equal),      plain_helper("ne", 2, 2, not_equal),      plain_helper("and", 2, 16, all_true),
    plain_helper("or", 2, 16, some_true), plain_helper("not", 1, 1, not_true),      plain_helper("default", 2, 2, or_default),
    plain_helper("before", 2, 2, before), plain_helper("includes", 2, 2, includes), plain_helper("entry", 3, 3, entry),
};

}  // namespace

std::span<const helper> logic_helpers() { return logic_table; }

}  // namespace shep::mocks
