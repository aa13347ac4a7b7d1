#include "ncanode/field_reader.hpp"

#include "core/bytes.hpp"
#include "ncanode/problems.hpp"

#include <boost/json/array.hpp>

namespace shep::ncanode {
namespace {

constexpr std::size_t longest_list = 32;

std::string_view kind_of(const boost::json::value& v) {
  if (v.is_string()) return "a string";
  if (v.is_bool()) return "true or false";
  if (v.is_number()) return "a number";
  return v.is_array() ? "an array" : "an object";
}

std::string indexed(const std::string& path, std::size_t i) { return path + "[" + std::to_string(i) + "]"; }

}  // namespace

std::string field_reader::path(std::string_view name) const {
  return where_.empty() ? std::string(name) : where_ + "." + std::string(name);
}

void field_reader::fail(std::string_view name, std::string detail, std::string hint) {
  if (!failed()) *failure_ = problem(problems::ncanode_field, std::move(detail), path(name), std::move(hint));
}

const boost::json::value* field_reader::find(std::string_view name) const {
  if (failed()) return nullptr;
  const auto* value = object_->if_contains(name);
  return value == nullptr || value->is_null() ? nullptr : value;
}

bool field_reader::has(std::string_view name) const { return find(name) != nullptr; }

std::optional<std::string> field_reader::string_at(std::string_view name) {
  const auto* value = find(name);
  if (value == nullptr) return std::nullopt;
  if (const auto* text = value->if_string()) return std::string(text->data(), text->size());
  fail(name, "expected a string, found " + std::string(kind_of(*value)));
  return std::nullopt;
}

std::string field_reader::required_text(std::string_view name) {
  auto text = string_at(name);
  if (!text) fail(name, "the field is missing");
  return text.value_or("");
}

std::string field_reader::text(std::string_view name) {
  std::string text = required_text(name);
  if (text.empty()) fail(name, "must not be empty");
  return text;
}

std::string field_reader::text_or_empty(std::string_view name) { return string_at(name).value_or(""); }

std::string field_reader::decoded(std::string_view name, std::string_view text) {
  if (failed()) return {};
  auto octets = from_base64(text);
  if (octets) return std::move(*octets);
  fail(name, "the text is not base64", "RFC 4648 section 4, with padding");
  return {};
}

std::string field_reader::octets(std::string_view name) {
  std::string out = decoded(name, text(name));
  if (out.empty()) fail(name, "must not be empty");
  return out;
}

std::string field_reader::octets_or_empty(std::string_view name) { return decoded(name, text_or_empty(name)); }

bool field_reader::flag(std::string_view name) {
  const auto* value = find(name);
  if (value == nullptr) return false;
  if (const bool* flag = value->if_bool()) return *flag;
  fail(name, "expected true or false, found " + std::string(kind_of(*value)));
  return false;
}

field_reader field_reader::object(std::string_view name) {
  static const boost::json::object nothing;
  const auto* value = find(name);
  if (value == nullptr) fail(name, "the field is missing");
  else if (!value->is_object()) fail(name, "expected an object, found " + std::string(kind_of(*value)));
  return {failed() ? nothing : value->get_object(), *failure_, path(name)};
}

std::vector<field_reader> field_reader::objects(std::string_view name) {
  const auto* value = find(name);
  if (value == nullptr) {
    fail(name, "the field is missing");
    return {};
  }
  const auto* list = value->if_array();
  if (list == nullptr) fail(name, "expected an array, found " + std::string(kind_of(*value)));
  else if (list->empty()) fail(name, "must not be empty");
  else if (list->size() > longest_list) fail(name, "more than " + std::to_string(longest_list) + " entries");
  std::vector<field_reader> out;
  for (std::size_t i = 0; !failed() && i < list->size(); ++i) {
    const auto& entry = (*list)[i];
    if (entry.is_object()) out.emplace_back(entry.get_object(), *failure_, indexed(path(name), i));
    else fail(indexed(std::string(name), i), "expected an object");
  }
  return out;
}

std::vector<std::string> field_reader::texts(std::string_view name) {
  const auto* value = find(name);
  if (value == nullptr) return {};
  const auto* list = value->if_array();
  if (list == nullptr) fail(name, "expected an array, found " + std::string(kind_of(*value)));
  else if (list->size() > longest_list) fail(name, "more than " + std::to_string(longest_list) + " entries");
  std::vector<std::string> out;
  for (std::size_t i = 0; !failed() && i < list->size(); ++i) {
    if (const auto* text = (*list)[i].if_string()) out.emplace_back(text->data(), text->size());
    else fail(indexed(std::string(name), i), "expected a string");
  }
  return out;
}

}  // namespace shep::ncanode
