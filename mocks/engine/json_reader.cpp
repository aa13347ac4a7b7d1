#include "mocks/engine/json_reader.hpp"

#include "mocks/engine/problems.hpp"

#include <cmath>

#include <boost/json/parser.hpp>

namespace shep::mocks {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

std::string_view without_mark(std::string_view text) {
  return text.starts_with(byte_order_mark) ? text.substr(byte_order_mark.size()) : text;
}

std::string at(const json_text& json, std::size_t offset) {
  const auto place = place_in(json.text, offset);
  return std::string(json.file) + ":" + std::to_string(place.line) + ":" + std::to_string(place.column);
}

/// RFC 8259 section 6 lets a reader limit numbers: 1e999 would become an infinity that no writer can print.
bool all_finite(const boost::json::value& root) {
  std::vector<const boost::json::value*> pending{&root};
  while (!pending.empty()) {
    const auto* value = pending.back();
    pending.pop_back();
    if (value->is_double() && !std::isfinite(value->get_double())) return false;
    if (value->is_array())
      for (const auto& item : value->get_array()) pending.push_back(&item);
    if (value->is_object())
      for (const auto& member : value->get_object()) pending.push_back(&member.value());
  }
  return true;
}

}  // namespace

std::string place_of(const json_text& json, std::string_view pointer, pointed what) {
  const auto text = without_mark(json.text);
  return at(json, offset_of(text, pointer, what) + (json.text.size() - text.size())) + " " + (pointer.empty() ? "/" : std::string(pointer));
}

result<boost::json::value> read_json(const json_text& json) {
  if (json.text.size() > largest_json)
    return problem(problems::json_syntax, "the file has more than " + std::to_string(largest_json) + " octets", std::string(json.file),
                   "split it into several files");
  const std::string_view text = without_mark(json.text);

  boost::json::parse_options options;
  options.max_depth = deepest_json;
  options.allow_comments = true;
  boost::json::parser parser({}, options);
  boost::json::error_code error;
  const std::size_t read = parser.write(text.data(), text.size(), error);
  if (error) {
    const std::size_t offset = std::min(read, text.size()) + (json.text.size() - text.size());
    return problem(problems::json_syntax, "not JSON: " + error.message(), at(json, offset),
                   error == boost::json::error::too_deep ? "at most 64 levels are allowed" : "");
  }
  if (const auto twice = find_duplicate_key(text)) {
    return problem(problems::json_duplicate_key, "the key '" + twice->key + "' stands twice in one object",
                   at(json, twice->offset + (json.text.size() - text.size())) + " " + twice->pointer, "remove one of them");
  }
  auto value = parser.release();
  if (!all_finite(value)) return problem(problems::json_syntax, "a number is too large to be represented", std::string(json.file));
  return value;
}

}  // namespace shep::mocks
