#include "mocks/engine/metadata_pattern.hpp"

#include "mocks/engine/near_text.hpp"
#include "mocks/engine/operator_decoder.hpp"
#include "mocks/engine/problems.hpp"

#include <algorithm>
#include <charconv>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

namespace shep::mocks {
namespace {

namespace json = boost::json;

using words = std::string_view[];
constexpr words in_pattern = {"matchesJsonPath", "equalToJson", "ignoreArrayOrder", "ignoreExtraElements"};
constexpr words in_path = {"expression", "equalTo", "caseInsensitive", "contains", "doesNotContain", "matches", "doesNotMatch", "absent"};
constexpr words later = {"matchesJsonSchema", "matches", "equalTo", "contains", "and", "or", "not"};
constexpr words path_later = {
    "equalToJson", "matchesJsonPath", "equalToXml", "equalToNumber", "before", "after", "equalToDateTime", "and", "or", "not"};
constexpr key_table pattern_keys{"metadata pattern", in_pattern, later};
constexpr key_table path_keys{"matchesJsonPath", in_path, path_later};

bool same(const json::value& wanted, const json::value& found, bool any_order, bool more_allowed) {
  if (const auto* object = wanted.if_object()) {
    const auto* other = found.if_object();
    if (other == nullptr || (!more_allowed && other->size() != object->size())) return false;
    return std::all_of(object->begin(), object->end(), [&](const auto& member) {
      const auto* own = other->if_contains(member.key());
      return own != nullptr && same(member.value(), *own, any_order, more_allowed);
    });
  }
  const auto* list = wanted.if_array();
  if (list == nullptr) return wanted == found;
  const auto* other = found.if_array();
  if (other == nullptr || other->size() < list->size() || (!more_allowed && other->size() != list->size())) return false;
  std::vector<bool> taken(other->size());
  for (std::size_t i = 0; i < list->size(); ++i) {
    std::size_t place = any_order ? 0 : i;
    const std::size_t end = any_order ? other->size() : i + 1;
    while (place < end && (taken[place] || !same((*list)[i], (*other)[place], any_order, more_allowed))) ++place;
    if (place == end) return false;
    taken[place] = true;
  }
  return true;
}

std::string text_of(const json::value& v) { return v.is_string() ? std::string(v.get_string()) : json::serialize(v); }

}  // namespace

struct metadata_decoder {
  using pattern = metadata_pattern;

  /// "$.a['b'][0].*"; null when it is no path of that kind.
  static std::optional<std::vector<pattern::step>> path_of(std::string_view text) {
    if (!text.starts_with('$')) return std::nullopt;
    text.remove_prefix(1);
    std::vector<pattern::step> out;
    while (!text.empty()) {
      if (text.starts_with('.')) {
        text.remove_prefix(1);
        const std::size_t end = std::min(text.find_first_of(".["), text.size());
        const std::string_view name = text.substr(0, end);
        if (name.empty() || name.find_first_of("()?@'\" ") != std::string_view::npos) return std::nullopt;
        if (name == "*") out.emplace_back(pattern::any_member());
        else out.emplace_back(std::string(name));
        text.remove_prefix(end);
      } else {
        const bool quoted = text.starts_with("['") || text.starts_with("[\"");
        const std::size_t end = quoted ? text.find(std::string{text[1], ']'}, 2) : text.find(']');
        if (!text.starts_with('[') || end == std::string_view::npos) return std::nullopt;
        const std::string_view inner = text.substr(quoted ? 2 : 1, end - (quoted ? 2 : 1));
        std::size_t number = 0;
        const auto read = std::from_chars(inner.data(), inner.data() + inner.size(), number);
        if (quoted) out.emplace_back(std::string(inner));
        else if (inner == "*") out.emplace_back(pattern::any_member());
        else if (!inner.empty() && read.ec == std::errc() && read.ptr == inner.data() + inner.size()) out.emplace_back(number);
        else return std::nullopt;
        text.remove_prefix(end + (quoted ? 2 : 1));
      }
    }
    return out;
  }

  static void expression(const json_node& node, pattern::path_question& into) {
    const auto text = node.text();
    if (!text) return;
    if (auto path = path_of(*text)) into.path = std::move(*path);
    else
      node.fail(problems::mapping_value, "'" + shortened(*text) + "' is no path that can be asked for",
                "of JSONPath there are $, .name, ['name'], [0], .* and [*]");
  }

  static pattern::path_question path(const json_node& node) {
    pattern::path_question out;
    if (node.value().is_string()) {
      expression(node, out);
      return out;
    }
    if (!node.is_object(path_keys)) return out;
    if (const auto text = node.member("expression")) expression(*text, out);
    else node.fail(problems::mapping_value, "'expression' is missing", R"({"expression": "$.name", "equalTo": "x"})");
    const auto any_case = node.member("caseInsensitive");
    const bool ignoring_case = any_case && any_case->truth().value_or(false);
    for (const text_operator kind : all_text_operators()) {
      const auto operand = node.member(name_of(kind));
      if (!operand) continue;
      if (out.matcher) operand->fail(problems::mapping_value, "one operator is enough", "keep one of them", pointed::key);
      else out.matcher = decode_text_operator(*operand, kind, ignoring_case);
    }
    return out;
  }

  static bool flag(const json_node& node, std::string_view key) {
    const auto given = node.member(key);
    return given && given->truth().value_or(false);
  }

  static pattern::equality_question equality(const json_node& node, const json_node& wanted) {
    pattern::equality_question out{wanted.value(), flag(node, "ignoreArrayOrder"), flag(node, "ignoreExtraElements")};
    if (!wanted.value().is_string()) return out;
    // WireMock also takes the JSON as a text.
    auto read = read_json({"equalToJson", std::string_view(wanted.value().get_string())});
    if (read) out.wanted = std::move(*read);
    else wanted.fail(problems::mapping_value, read.error().detail);
    return out;
  }

  static std::variant<pattern::path_question, pattern::equality_question> question(const json_node& node) {
    if (!node.is_object(pattern_keys)) return {};
    const auto path_node = node.member("matchesJsonPath");
    const auto equal_node = node.member("equalToJson");
    if (path_node.has_value() == equal_node.has_value()) {
      node.fail(problems::mapping_value, "one of 'matchesJsonPath' and 'equalToJson' is wanted", R"({"matchesJsonPath": "$.name"})");
      return {};
    }
    if (path_node) return path(*path_node);
    return equality(node, *equal_node);
  }
};

metadata_pattern::decoded metadata_pattern::decode(std::string_view text) {
  decode_report report{{"body", text}, {}};
  const auto value = read_json(report.source);
  if (!value) return {{}, {value.error()}};
  metadata_pattern made;
  made.asked_ = metadata_decoder::question(json_node(*value, report));
  if (!report.problems.empty()) return {{}, std::move(report.problems)};
  return {std::move(made), {}};
}

bool metadata_pattern::holds(const mapping& m) const {
  boost::system::error_code failed;
  const json::value source = json::parse(m.source, failed);
  const auto* top = failed ? nullptr : source.if_object();
  const auto* written = top != nullptr ? top->if_contains("metadata") : nullptr;
  if (const auto* wanted = std::get_if<equality_question>(&asked_))
    return written != nullptr && same(wanted->wanted, *written, wanted->any_order, wanted->more_allowed);
  const auto& asked = std::get<path_question>(asked_);
  json::object shown = written != nullptr && written->is_object() ? written->get_object() : json::object();
  shown["file"] = m.file;
  const json::value root(std::move(shown));
  std::vector<const json::value*> found{&root};
  for (const step& s : asked.path) {
    std::vector<const json::value*> next;
    for (const json::value* v : found) {
      const auto* object = v->if_object();
      const auto* list = v->if_array();
      if (const auto* name = std::get_if<std::string>(&s)) {
        if (const auto* member = object != nullptr ? object->if_contains(*name) : nullptr) next.push_back(member);
      } else if (const auto* number = std::get_if<std::size_t>(&s)) {
        if (list != nullptr && *number < list->size()) next.push_back(&(*list)[*number]);
      } else if (object != nullptr) {
        for (const auto& member : *object) next.push_back(&member.value());
      } else if (list != nullptr) {
        for (const json::value& item : *list) next.push_back(&item);
      }
    }
    found = std::move(next);
  }
  if (!asked.matcher) return !found.empty();
  std::vector<std::string> texts;
  for (const json::value* v : found) texts.push_back(text_of(*v));
  return texts.empty() ? asked.matcher->holds(std::nullopt, {}) : asked.matcher->holds_for(texts, {});
}

}  // namespace shep::mocks
