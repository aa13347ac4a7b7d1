#pragma once

#include <string>
#include <string_view>

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

}  // namespace shep::population::test
