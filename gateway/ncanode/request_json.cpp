#include "ncanode/request_json.hpp"

#include "core/json_scanner.hpp"
#include "ncanode/problems.hpp"

#include <boost/json/parser.hpp>

namespace shep::ncanode {
namespace {

constexpr std::size_t deepest = 16;

problem refused(std::string detail, std::string_view text, std::size_t offset) {
  const text_place place = place_in(text, offset);
  return {problems::ncanode_json, std::move(detail), "line " + std::to_string(place.line) + ", column " + std::to_string(place.column)};
}

}  // namespace

result<boost::json::object> read_request_json(std::string_view body) {
  boost::json::parse_options options;
  options.max_depth = deepest;
  boost::json::parser parser({}, options);
  boost::json::error_code error;
  const std::size_t read = parser.write(body.data(), body.size(), error);
  if (error) return refused("the body is not JSON: " + error.message(), body, std::min(read, body.size()));
  if (const auto twice = find_duplicate_key(body)) return refused("an object of the body names a key twice", body, twice->offset);
  boost::json::value value = parser.release();
  if (!value.is_object()) return refused("the body is not a JSON object", body, 0);
  return std::move(value.get_object());
}

}  // namespace shep::ncanode
