#include "mocks/engine/json_node.hpp"

#include "mocks/engine/near_text.hpp"
#include "mocks/engine/problems.hpp"

#include <algorithm>
#include <charconv>

namespace shep::mocks {
namespace {

std::string_view kind_name(const boost::json::value& value) {
  switch (value.kind()) {
    case boost::json::kind::null: return "null";
    case boost::json::kind::bool_: return "true or false";
    case boost::json::kind::string: return "a text";
    case boost::json::kind::array: return "a list";
    case boost::json::kind::object: return "an object";
    default: return "a number";
  }
}

std::string short_number(double number) {
  char digits[32];
  return {digits, std::to_chars(digits, digits + sizeof digits, number).ptr};
}

}  // namespace

std::string json_node::pointer() const {
  std::vector<const json_node*> path;
  for (const json_node* node = this; node->parent_; node = node->parent_) path.push_back(node);
  std::string pointer;
  for (auto node = path.rbegin(); node != path.rend(); ++node)
    pointer += "/" + ((*node)->parent_->value_->is_array() ? std::to_string((*node)->index_) : pointer_token((*node)->key_));
  return pointer;
}

bool decode_report::full() {
  if (problems.size() < most_told) return false;
  if (problems.size() == most_told)
    problems.emplace_back(shep::problems::mapping_value, "no more than " + std::to_string(most_told) + " mistakes are told of one file",
                          std::string(source.file), "correct them first");
  return true;
}

void json_node::fail(const problem_code& code, std::string what, std::string hint, pointed where) const {
  if (report_->full()) return;
  report_->problems.emplace_back(code, std::move(what), place_of(report_->source, pointer(), where), std::move(hint));
}

void json_node::fail(problem p) const {
  if (report_->full()) return;
  const std::string place = place_of(report_->source, pointer());
  p.where = p.where.empty() ? place : p.where + ", from " + place;
  report_->problems.push_back(std::move(p));
}

bool json_node::is_object(const key_table& table) const {
  const auto* object = value_->if_object();
  if (!object) {
    fail(problems::mapping_value, std::string(kind_name(*value_)) + " stands where an object is expected");
    return false;
  }
  for (const auto& entry : *object) {
    const std::string_view key = entry.key();
    if (std::find(table.keys.begin(), table.keys.end(), key) != table.keys.end()) continue;
    const json_node child(entry.value(), *this, key, 0);
    if (std::find(table.later.begin(), table.later.end(), key) != table.later.end())
      child.fail(problems::mapping_unsupported, "'" + std::string(key) + "' is not supported yet in this version", "remove it",
                 pointed::key);
    else
      child.fail(problems::mapping_key, "'" + shortened(key) + "' is not a key of " + std::string(table.name),
                 known_words_hint(key, table.keys), pointed::key);
  }
  return true;
}

std::optional<json_node> json_node::member(std::string_view key) const {
  const auto* object = value_->if_object();
  const auto* found = object ? object->if_contains(key) : nullptr;
  if (!found) return std::nullopt;
  return json_node(*found, *this, key, 0);
}

std::vector<json_node> json_node::items() const {
  std::vector<json_node> nodes;
  const auto* list = value_->if_array();
  if (!list) fail(problems::mapping_value, std::string(kind_name(*value_)) + " stands where a list is expected");
  else
    for (std::size_t i = 0; i < list->size(); ++i) nodes.push_back(json_node((*list)[i], *this, {}, i));
  return nodes;
}

std::optional<std::string> json_node::text() const {
  if (const auto* text = value_->if_string()) return std::string(*text);
  fail(problems::mapping_value, std::string(kind_name(*value_)) + " stands where a text is expected");
  return std::nullopt;
}

std::optional<bool> json_node::truth() const {
  if (const auto* truth = value_->if_bool()) return *truth;
  fail(problems::mapping_value, std::string(kind_name(*value_)) + " stands where true or false is expected");
  return std::nullopt;
}

std::optional<std::int64_t> json_node::whole(std::int64_t least, std::int64_t most) const {
  if (const auto* number = value_->if_int64(); number && *number >= least && *number <= most) return *number;
  fail(problems::mapping_value, "a whole number from " + std::to_string(least) + " to " + std::to_string(most) + " is expected");
  return std::nullopt;
}

std::optional<double> json_node::number(double least, double most) const {
  std::optional<double> number;
  if (const auto* d = value_->if_double()) number = *d;
  if (const auto* i = value_->if_int64()) number = static_cast<double>(*i);
  if (number && *number >= least && *number <= most) return number;
  fail(problems::mapping_value, "a number from " + short_number(least) + " to " + short_number(most) + " is expected");
  return std::nullopt;
}

std::optional<std::size_t> json_node::choice(std::span<const std::string_view> words) const {
  const auto word = text();
  if (!word) return std::nullopt;
  const auto found = std::find(words.begin(), words.end(), *word);
  if (found != words.end()) return static_cast<std::size_t>(found - words.begin());
  fail(problems::mapping_value, "'" + shortened(*word) + "' is not one of the words known here", known_words_hint(*word, words));
  return std::nullopt;
}

}  // namespace shep::mocks
