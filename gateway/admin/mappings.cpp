#include "admin/answer.hpp"
#include "admin/mapping_value.hpp"
#include "admin/parameters.hpp"
#include "admin/problems.hpp"
#include "admin/routes.hpp"

#include <algorithm>

namespace shep::admin {

namespace json = boost::json;

json::object mapping_value(const mocks::mapping& m) {
  boost::system::error_code broken;
  const json::value written = json::parse(m.source, broken);
  json::object out = !broken && written.is_object() ? written.get_object() : json::object();
  out["id"] = m.id;
  out["name"] = m.name;
  out["priority"] = m.priority;
  json::value& metadata = out["metadata"];
  if (!metadata.is_object()) metadata = json::object();
  metadata.get_object()["file"] = m.file;
  return out;
}

json::object miss_value(const mocks::near_miss& miss) {
  json::array criteria;
  for (const mocks::criterion_report& one : miss.criteria)
    criteria.push_back({{"name", as_utf8(one.name)},
                        {"exactMatch", one.exact},
                        {"distance", one.distance},
                        {"expected", as_utf8(one.expected)},
                        {"actual", as_utf8(one.actual)}});
  json::object out{{"matchResult", {{"distance", miss.distance}, {"criteria", std::move(criteria)}}}};
  if (const auto* failed = miss.first_failed()) out["firstDifference"] = as_utf8(failed->name);
  return out;
}

http::response list_mappings(const call& c) {
  const auto offset = number_parameter<std::size_t>(c.request, "offset");
  if (!offset) return problem_answer(400, offset.error());
  const auto limit = number_parameter<std::size_t>(c.request, "limit");
  if (!limit) return problem_answer(400, limit.error());
  const auto store = c.of.mocks()->store();
  const auto rest = store->mappings().subspan(std::min(offset->value_or(0), store->mappings().size()));
  json::array page;
  for (const auto& m : rest.first(std::min(limit->value_or(rest.size()), rest.size()))) page.emplace_back(mapping_value(*m));
  return json_answer(200, json::object{{"mappings", std::move(page)}, {"meta", {{"total", store->mappings().size()}}}});
}

http::response one_mapping(const call& c) {
  const auto store = c.of.mocks()->store();
  const mocks::mapping* found = store->find(c.named.find("id")->second);
  if (found == nullptr) return problem_answer(404, {problems::admin_not_found, "no mapping has this id"});
  return json_answer(200, mapping_value(*found));
}

http::response reset_mappings(const call& c) {
  const auto problems = c.of.reload();
  if (!problems.empty()) return problem_answer(422, problems);
  return json_answer(200, json::object{{"mappings", c.of.mocks()->store()->mappings().size()}});
}

http::response list_services(const call& c) {
  const auto world = c.of.gateway.current();
  json::array services;
  for (const routing::route* r : world->routes.all())
    services.push_back({{"serviceId", r->service_id},
                        {"routeId", r->route_id},
                        {"senderId", r->sender_id},
                        {"system", r->system},
                        {"adapter", r->adapter},
                        {"signature", r->signature_required ? "required" : "optional"}});
  const std::size_t total = services.size();
  return json_answer(200, json::object{{"services", std::move(services)}, {"meta", {{"total", total}}}});
}

}  // namespace shep::admin
