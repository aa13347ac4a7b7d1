#include "mocks/engine/template_helpers.hpp"

#include "mocks/engine/problems.hpp"
#include "xml/text.hpp"

#include <array>
#include <charconv>

namespace shep::mocks {
namespace {

namespace json = boost::json;

template <class Number>
std::string number_text(Number n) {
  std::array<char, 32> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), n).ptr;
  return {digits.data(), end};
}

template <class Use>
void for_each_helper(Use use) {
  for (const auto table : {logic_helpers(), text_helpers(), time_helpers(), request_helpers(), data_helpers(), kazakh_helpers()})
    for (const auto& h : table) use(h);
}

}  // namespace

std::string helper_call::text(std::size_t named_index) const {
  if (!named[named_index]) return {};
  const auto whole = printed(*named[named_index]);
  return whole ? std::string(xml::trimmed(*whole)) : std::string();
}

const helper* find_helper(std::string_view name) {
  const helper* found = nullptr;
  for_each_helper([&](const helper& h) {
    if (h.name == name) found = &h;
  });
  return found;
}

std::vector<std::string_view> helper_names() {
  std::vector<std::string_view> names;
  for_each_helper([&](const helper& h) { names.push_back(h.name); });
  return names;
}

bool is_true(const json::value& value) {
  switch (value.kind()) {
    case json::kind::null: return false;
    case json::kind::bool_: return value.get_bool();
    case json::kind::int64: return value.get_int64() != 0;
    case json::kind::uint64: return value.get_uint64() != 0;
    case json::kind::double_: return value.get_double() != 0;
    case json::kind::string: return !value.get_string().empty();
    case json::kind::array: return !value.get_array().empty();
    case json::kind::object: return true;
  }
  return false;
}

result<std::string> printed(const json::value& value) {
  switch (value.kind()) {
    case json::kind::null: return std::string();
    case json::kind::bool_: return std::string(value.get_bool() ? "true" : "false");
    case json::kind::int64: return number_text(value.get_int64());
    case json::kind::uint64: return number_text(value.get_uint64());
    case json::kind::double_: return number_text(value.get_double());
    case json::kind::string: return std::string(value.get_string());
    case json::kind::array: return unusable("a list cannot be printed", "go through it with #each");
    case json::kind::object: return unusable("an object cannot be printed", "name one of its members");
  }
  return std::string();
}

problem unusable(std::string what, std::string hint) { return {problems::template_value, std::move(what), {}, std::move(hint)}; }

}  // namespace shep::mocks
