#include "admin/answer.hpp"
#include "admin/body.hpp"
#include "admin/mapping_value.hpp"
#include "admin/problems.hpp"
#include "admin/routes.hpp"
#include "mocks/engine/problems.hpp"
#include "pipeline/fault_key_check.hpp"

namespace shep::admin {
namespace {

namespace json = boost::json;

const std::string& id_in(const call& c) { return c.named.find("id")->second; }

http::response no_mapping() {
  return problem_answer(404, {problems::admin_not_found, "no mapping has this id", "id", "GET /__admin/mappings names them"});
}

/// What a mapping read from the root is held to when the program starts.
mocks::mapping_store::mapping_check check_of(const call& c) {
  return [world = c.of.gateway.current()](const mocks::mapping& m) { return pipeline::check_fault_key(*world, m); };
}

}  // namespace

http::response add_mapping(const call& c) {
  const auto engine = c.of.mocks();
  const auto change = engine->mappings().add(*c.request.body, *c.of.identifiers, check_of(c));
  if (!change.problems.empty()) return refusal_of(change.problems);
  return json_answer(201, mapping_value(*change.made));
}

http::response replace_mapping(const call& c) {
  const auto engine = c.of.mocks();
  const auto change = engine->mappings().update(id_in(c), *c.request.body, check_of(c));
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
