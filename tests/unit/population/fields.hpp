#pragma once

#include <functional>
#include <string>
#include <string_view>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

/// Fields of the country's records, as tests look at them; what is missing is empty.
namespace shep::population::test {

inline std::string text(const boost::json::object& o, std::string_view field) {
  const boost::json::value* v = o.if_contains(field);
  return v != nullptr && v->is_string() ? std::string(v->get_string()) : "";
}
inline std::string text(const boost::json::value& o, std::string_view field) { return text(o.as_object(), field); }

/// Of {"field": {"code": "1", …}}.
inline std::string code(const boost::json::object& o, std::string_view field) {
  const boost::json::value* v = o.if_contains(field);
  return v != nullptr && v->is_object() ? text(v->get_object(), "code") : "";
}
inline std::string code(const boost::json::value& o, std::string_view field) { return code(o.as_object(), field); }

/// Shows every value inside `value`; those of a list have the field of the list.
inline void walk(const boost::json::value& value, const std::function<void(std::string_view field, const boost::json::value&)>& see,
                 std::string_view field = "") {
  see(field, value);
  if (value.is_object()) {
    for (const auto& [key, nested] : value.get_object()) walk(nested, see, key);
  } else if (value.is_array()) {
    for (const auto& item : value.get_array()) walk(item, see, field);
  }
}

}  // namespace shep::population::test
