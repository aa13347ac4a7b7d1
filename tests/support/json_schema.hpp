#pragma once

#include <regex>
#include <string>
#include <vector>

#include <boost/json.hpp>

/// The part of JSON Schema that the project's own schemas use. A keyword it does not know is a complaint, so that nothing goes unchecked.
namespace shep::test {

class json_schema {
 public:
  explicit json_schema(std::string_view text) : root_(boost::json::parse(text)) {}

  /// What is wrong, one sentence each; empty: valid.
  std::vector<std::string> complaints(const boost::json::value& instance) const {
    std::vector<std::string> out;
    check(instance, root_, "$", out);
    return out;
  }

 private:
  using value = boost::json::value;

  static bool is_type(const value& v, std::string_view type) {
    if (type == "object") return v.is_object();
    if (type == "array") return v.is_array();
    if (type == "string") return v.is_string();
    if (type == "integer") return v.is_int64() || v.is_uint64();
    if (type == "boolean") return v.is_bool();
    return type == "null" && v.is_null();
  }

  void check(const value& v, const value& schema, const std::string& at, std::vector<std::string>& out) const {
    for (const auto& [keyword, rule] : schema.as_object()) check_keyword(keyword, rule, v, schema, at, out);
  }

  void check_keyword(std::string_view keyword, const value& rule, const value& v, const value& schema, const std::string& at,
                     std::vector<std::string>& out) const {
    const auto complain = [&](const std::string& what) {
      out.push_back(at + ": " + what + ", found " + boost::json::serialize(v).substr(0, 100));
    };
    if (keyword == "$ref") {
      const std::string name(rule.as_string());
      check(v, root_.at("$defs").at(name.substr(name.rfind('/') + 1)), at, out);
    } else if (keyword == "type") {
      bool fits = rule.is_string() && is_type(v, rule.as_string());
      if (rule.is_array())
        for (const auto& t : rule.as_array()) fits = fits || is_type(v, t.as_string());
      if (!fits) complain("expected type " + boost::json::serialize(rule));
    } else if (keyword == "enum") {
      bool fits = false;
      for (const auto& allowed : rule.as_array()) fits = fits || allowed == v;
      if (!fits) complain("expected one of " + boost::json::serialize(rule));
    } else if (keyword == "pattern") {
      if (v.is_string() && !matches(std::string(v.as_string()), std::string(rule.as_string())))
        complain("expected the pattern " + boost::json::serialize(rule));
    } else if (keyword == "minimum") {
      if (v.is_int64() && v.as_int64() < rule.as_int64()) complain("expected at least " + boost::json::serialize(rule));
    } else if (keyword == "items") {
      if (v.is_array())
        for (std::size_t i = 0; i < v.as_array().size(); ++i) check(v.as_array()[i], rule, at + "[" + std::to_string(i) + "]", out);
    } else if (keyword == "required") {
      if (v.is_object())
        for (const auto& name : rule.as_array())
          if (!v.as_object().contains(name.as_string())) complain("expected the member " + boost::json::serialize(name));
    } else if (keyword == "properties") {
      if (v.is_object())
        for (const auto& [name, member] : v.as_object())
          if (const auto* property = rule.as_object().if_contains(name)) check(member, *property, at + "." + std::string(name), out);
    } else if (keyword == "additionalProperties") {
      if (v.is_object())
        for (const auto& [name, member] : v.as_object())
          if (!schema.at("properties").as_object().contains(name)) complain("no member " + std::string(name) + " is known");
    } else if (keyword == "anyOf") {
      bool fits = false;
      for (const auto& choice : rule.as_array()) {
        std::vector<std::string> ignored;
        check(v, choice, at, ignored);
        fits = fits || ignored.empty();
      }
      if (!fits) complain("none of the alternatives fits");
    } else if (keyword != "$schema" && keyword != "title" && keyword != "description" && keyword != "$defs") {
      out.push_back(at + ": the keyword " + std::string(keyword) + " of the schema is not checked");
    }
  }

  static bool matches(const std::string& text, const std::string& pattern) { return std::regex_search(text, std::regex(pattern)); }

  value root_;
};

}  // namespace shep::test
