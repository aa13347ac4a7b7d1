#include "admin/body.hpp"

#include "admin/answer.hpp"
#include "admin/problems.hpp"
#include "core/bytes.hpp"
#include "mocks/engine/json_reader.hpp"
#include "mocks/engine/problems.hpp"

#include <algorithm>

namespace shep::admin {
namespace {

namespace json = boost::json;

std::string joined(const std::vector<std::string_view>& words) {
  std::string out;
  for (const auto word : words) out.append(out.empty() ? "" : ", ").append(word);
  return out;
}

unsigned status_of(const problem& p) {
  const bool no_json = p.code == problems::json_syntax || p.code == problems::json_duplicate_key || p.code == problems::admin_request;
  return no_json ? 400 : 422;
}

}  // namespace

result<json::object> json_body(const http::request& request) {
  auto value = mocks::read_json({"body", *request.body});
  if (!value) return value.error();
  if (!value->is_object()) return problem(problems::admin_request, "the body must be a JSON object", "/");
  return std::move(value->get_object());
}

const json::value* fields::any(std::string_view key) {
  known_.push_back(key);
  return from_.if_contains(key);
}

void fields::fail(std::string_view key, std::string detail, std::string hint) {
  if (!failed_) failed_ = problem(problems::admin_value, std::move(detail), pointer_ + "/" + std::string(key), std::move(hint));
}

std::optional<std::string> fields::text(std::string_view key) {
  const json::value* v = any(key);
  if (v == nullptr) return std::nullopt;
  if (v->is_string()) return std::string(v->get_string());
  fail(key, "a text is wanted");
  return std::nullopt;
}

std::optional<std::uint64_t> fields::whole(std::string_view key, std::uint64_t least, std::uint64_t most) {
  const json::value* v = any(key);
  if (v == nullptr) return std::nullopt;
  boost::system::error_code failed;
  const auto n = v->to_number<std::uint64_t>(failed);
  if (!failed && !v->is_double() && n >= least && n <= most) return n;
  fail(key, "a whole number from " + std::to_string(least) + " to " + std::to_string(most) + " is wanted");
  return std::nullopt;
}

std::optional<double> fields::number(std::string_view key, double least, double most) {
  const json::value* v = any(key);
  if (v == nullptr) return std::nullopt;
  boost::system::error_code failed;
  const auto n = v->to_number<double>(failed);
  if (!failed && n >= least && n <= most) return n;
  fail(key, "a number from " + std::to_string(least) + " to " + std::to_string(most) + " is wanted");
  return std::nullopt;
}

result<void> fields::finish() {
  for (const auto& entry : from_)
    if (std::find(known_.begin(), known_.end(), std::string_view(entry.key())) == known_.end())
      fail(clipped(entry.key(), 60), "unknown field", "known are: " + joined(known_));
  if (failed_) return *failed_;
  return {};
}

http::response refusal_of(const problem& p) { return problem_answer(status_of(p), p); }
http::response refusal_of(const std::vector<problem>& all) { return problem_answer(status_of(all.front()), all); }

}  // namespace shep::admin
