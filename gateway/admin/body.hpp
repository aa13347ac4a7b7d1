#pragma once

#include "core/result.hpp"
#include "http/message.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json/object.hpp>

/// Reading what operators send: JSON objects in which nothing may stand that nobody reads (security catalogue A10).
namespace shep::admin {

/// The body as a JSON object: at most 16 MiB and 64 levels, valid UTF-8, no key twice. Errors: json_syntax, json_duplicate_key with line
/// and column, admin_request when it is not an object.
result<boost::json::object> json_body(const http::request&);

/// Takes the members of an object one after the other; the first mistake stays. What was not taken by `finish` is an unknown field.
class fields {
 public:
  explicit fields(const boost::json::object& from, std::string pointer = {}) : from_(from), pointer_(std::move(pointer)) {}

  std::optional<std::string> text(std::string_view key);
  std::optional<std::uint64_t> whole(std::string_view key, std::uint64_t least, std::uint64_t most);
  std::optional<double> number(std::string_view key, double least, double most);
  const boost::json::value* any(std::string_view key);  ///< null when absent

  void fail(std::string_view key, std::string detail, std::string hint = {});
  result<void> finish();  ///< error admin_value with a JSON pointer

 private:
  const boost::json::object& from_;
  std::string pointer_;
  std::vector<std::string_view> known_;
  std::optional<problem> failed_;
};

/// 400 for what is no JSON, 422 for what is the wrong JSON.
http::response refusal_of(const problem&);
http::response refusal_of(const std::vector<problem>&);

}  // namespace shep::admin
