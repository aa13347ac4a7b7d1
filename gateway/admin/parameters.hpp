#pragma once

#include "admin/problems.hpp"
#include "http/message.hpp"

#include <charconv>
#include <optional>
#include <string>
#include <string_view>

namespace shep::admin {

/// A whole number in the query; nothing when it is not there. Error: admin_request.
template <class Number>
result<std::optional<Number>> number_parameter(const http::request& request, std::string_view name) {
  const auto text = request.query_parameter(name);
  if (!text) return std::optional<Number>();
  Number value{};
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), value);
  if (error != std::errc() || end != text->data() + text->size())
    return problem(problems::admin_request, "'" + text->substr(0, 40) + "' is not a whole number", "?" + std::string(name));
  return std::optional<Number>(value);
}

}  // namespace shep::admin
