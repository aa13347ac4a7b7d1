#include "admin/answer.hpp"
#include "admin/body.hpp"
#include "admin/mapping_value.hpp"
#include "admin/problems.hpp"
#include "admin/routes.hpp"
#include "mocks/engine/metadata_pattern.hpp"
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

http::response listed(std::span<const std::shared_ptr<const mocks::mapping>> mappings) {
  json::array all;
  for (const auto& m : mappings) all.emplace_back(mapping_value(*m));
  const std::size_t total = all.size();
  return json_answer(200, json::object{{"mappings", std::move(all)}, {"meta", {{"total", total}}}});
}

}  // namespace

http::response add_mapping(const call& c) {
  const std::lock_guard hold(*c.of.changing_mappings);
  const auto engine = c.of.mocks();
  const auto change = engine->mappings().add(*c.request.body, *c.of.identifiers, check_of(c));
  if (!change.problems.empty()) return refusal_of(change.problems);
  return json_answer(201, mapping_value(*change.made));
}

http::response replace_mapping(const call& c) {
  const std::lock_guard hold(*c.of.changing_mappings);
  const auto engine = c.of.mocks();
  const auto change = engine->mappings().update(id_in(c), *c.request.body, check_of(c));
  if (!change.problems.empty() && change.problems.front().code == problems::mapping_unknown) return no_mapping();
  if (!change.problems.empty()) return refusal_of(change.problems);
  return json_answer(200, mapping_value(*change.made));
}

http::response remove_mapping(const call& c) {
  const std::lock_guard hold(*c.of.changing_mappings);
  return c.of.mocks()->mappings().remove(id_in(c)) ? json_answer(200, json::object{}) : no_mapping();
}

http::response remove_all_mappings(const call& c) {
  const std::lock_guard hold(*c.of.changing_mappings);
  c.of.mocks()->mappings().clear();
  return json_answer(200, json::object{});
}

http::response find_mappings_by_metadata(const call& c) {
  const auto read = mocks::metadata_pattern::decode(*c.request.body);
  if (!read.pattern) return refusal_of(read.problems);
  std::vector<std::shared_ptr<const mocks::mapping>> found;
  for (const auto& m : c.of.mocks()->mappings().list())
    if (read.pattern->holds(*m)) found.push_back(m);
  return listed(found);
}

http::response remove_mappings_by_metadata(const call& c) {
  const auto read = mocks::metadata_pattern::decode(*c.request.body);
  if (!read.pattern) return refusal_of(read.problems);
  const std::lock_guard hold(*c.of.changing_mappings);
  return listed(c.of.mocks()->mappings().remove_if([&read](const mocks::mapping& m) { return read.pattern->holds(m); }));
}

http::response import_mappings(const call& c) {
  auto body = json_body(c.request);
  if (!body) return refusal_of(body.error());
  fields from(*body);
  const json::value* mappings = from.any("mappings");
  if (mappings == nullptr || !mappings->is_array()) from.fail("mappings", "a list of mappings is wanted");
  from.any("meta");  // of a list that GET /__admin/mappings gave
  mocks::mapping_store::import_order order;
  if (const json::value* options = from.any("importOptions"); options != nullptr && options->is_object()) {
    fields inner(options->get_object(), "/importOptions");
    const auto policy = inner.text("duplicatePolicy").value_or("OVERWRITE");
    if (policy != "OVERWRITE" && policy != "IGNORE") inner.fail("duplicatePolicy", "OVERWRITE or IGNORE is wanted");
    order.keep_known = policy == "IGNORE";
    const json::value* others = inner.any("deleteAllNotInImport");
    if (others != nullptr && !others->is_bool()) inner.fail("deleteAllNotInImport", "true or false is wanted");
    order.only_these = others != nullptr && others->is_bool() && others->get_bool();
    if (const auto ok = inner.finish(); !ok) return refusal_of(ok.error());
  } else if (options != nullptr) from.fail("importOptions", "an object is wanted");
  if (const auto ok = from.finish(); !ok) return refusal_of(ok.error());
  const std::lock_guard hold(*c.of.changing_mappings);
  const std::string list = json::serialize(json::object{{"mappings", *mappings}});
  const auto done = c.of.mocks()->mappings().import(list, order, *c.of.identifiers, check_of(c));
  if (!done.problems.empty()) return refusal_of(done.problems);
  return json_answer(
      200, json::object{{"added", done.added}, {"replaced", done.replaced}, {"ignored", done.ignored}, {"removed", done.removed}});
}

http::response save_mappings(const call& c) {
  const std::lock_guard hold(*c.of.changing_mappings);
  const auto saved = c.of.save_mappings();
  if (!saved) return problem_answer(saved.error().code == problems::environment ? 500 : 409, saved.error());
  return listed(*saved);
}

/// As after a start with an empty journal.
http::response reset_all(const call& c) {
  const auto problems = c.of.reload();
  if (!problems.empty()) return problem_answer(422, problems);
  c.of.fault_rules->clear();
  return reset_requests(c);
}

}  // namespace shep::admin
