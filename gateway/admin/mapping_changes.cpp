#include "admin/answer.hpp"
#include "admin/body.hpp"
#include "admin/mapping_value.hpp"
#include "admin/problems.hpp"
#include "admin/routes.hpp"
#include "mocks/engine/problems.hpp"

namespace shep::admin {
namespace {

namespace json = boost::json;

const std::string& id_in(const call& c) { return c.named.find("id")->second; }

http::response no_mapping() {
  return problem_answer(404, {problems::admin_not_found, "no mapping has this id", "id", "GET /__admin/mappings names them"});
}

}  // namespace

http::response add_mapping(const call& c) {
  const auto engine = c.of.mocks();
  const auto change = engine->mappings().add(*c.request.body, *c.of.identifiers);
  if (!change.problems.empty()) return refusal_of(change.problems);
  return json_answer(201, mapping_value(*change.made));
}

http::response replace_mapping(const call& c) {
  const auto engine = c.of.mocks();
  const auto change = engine->mappings().update(id_in(c), *c.request.body);
  if (!change.problems.empty() && change.problems.front().code == problems::mapping_unknown) return no_mapping();
  if (!change.problems.empty()) return refusal_of(change.problems);
  return json_answer(200, mapping_value(*change.made));
}

http::response remove_mapping(const call& c) {
  return c.of.mocks()->mappings().remove(id_in(c)) ? json_answer(200, json::object{}) : no_mapping();
}

http::response remove_all_mappings(const call& c) {
  c.of.mocks()->mappings().clear();
  return json_answer(200, json::object{});
}

}  // namespace shep::admin
