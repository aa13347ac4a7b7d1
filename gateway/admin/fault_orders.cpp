#include "admin/answer.hpp"
#include "admin/body.hpp"
#include "admin/problems.hpp"
#include "admin/routes.hpp"
#include "pipeline/fault_key_check.hpp"

namespace shep::admin {
namespace {

namespace json = boost::json;

constexpr std::uint64_t most_injections = 1'000'000'000;
constexpr std::uint64_t longest_milliseconds = 60'000;
static_assert(longest_milliseconds == faults::longest_time.count());

json::value fault_value(const faults::injection& i) {
  json::object out{{"name", faults::name_of(i.what)}};
  if (!i.code.empty()) out["code"] = as_utf8(i.code);
  if (!i.message.empty()) out["message"] = as_utf8(i.message);
  if (!i.data.empty()) out["data"] = as_utf8(i.data);
  if (i.time != faults::usual_time) out["milliseconds"] = i.time.count();
  return out;
}

json::object rule_value(const faults::rule& r) {
  json::object out{
      {"serviceId", as_utf8(r.service_id)}, {"fault", fault_value(r.what)}, {"probability", r.probability}, {"injected", r.injected}};
  if (r.left) out["left"] = *r.left;
  return out;
}

result<faults::injection> fault_from(const json::value& v) {
  faults::injection out;
  if (v.is_string()) {
    const auto kind = faults::find_kind(v.get_string(), "/fault");
    if (!kind) return kind.error();
    out.what = *kind;
    return out;
  }
  if (!v.is_object()) return problem(problems::admin_value, "a name or an object is wanted", "/fault", R"({"name": "SLOW_DRIP"})");
  fields from(v.get_object(), "/fault");
  const auto name = from.text("name");
  if (!name) from.fail("name", "the name of the fault is missing");
  const auto code = from.text("code");
  const auto message = from.text("message");
  const auto data = from.text("data");
  const auto time = from.whole("milliseconds", 0, longest_milliseconds);
  if (const auto ok = from.finish(); !ok) return ok.error();
  const auto kind = faults::find_kind(*name, "/fault/name");
  if (!kind) return kind.error();
  out = {*kind, code.value_or(""), message.value_or(""), data.value_or(""), faults::usual_time};
  if (time) out.time = std::chrono::milliseconds(*time);
  if (const auto ok = faults::check(out, code || message || data, time.has_value(), "/fault"); !ok) return ok.error();
  return out;
}

result<faults::rule> rule_from(const call& c) {
  const auto body = json_body(c.request);
  if (!body) return body.error();
  fields from(*body);
  faults::rule out;
  const auto in_path = c.named.find("serviceId");
  if (in_path != c.named.end()) {
    out.service_id = in_path->second;
    if (const auto said = from.text("serviceId"); said && *said != out.service_id) from.fail("serviceId", "the path names another service");
  } else {
    out.service_id = from.text("serviceId").value_or("*");
    if (out.service_id.empty()) from.fail("serviceId", "it is empty", "\"*\" stands for every service");
  }
  const json::value* fault = from.any("fault");
  if (fault == nullptr) from.fail("fault", "the fault is missing", R"({"fault": "EMPTY_RESPONSE"})");
  out.left = from.whole("count", 1, most_injections);
  out.probability = from.number("probability", 0, 1).value_or(1);
  if (const auto ok = from.finish(); !ok) return ok.error();
  auto what = fault_from(*fault);
  if (!what) return what.error();
  if (const auto ok = pipeline::check_fault_key(*c.of.gateway.current(), what->what); !ok) {
    problem why = ok.error();
    why.where = "/fault";
    return why;
  }
  out.what = std::move(*what);
  if (out.service_id != "*" && !c.of.gateway.current()->routes.knows(out.service_id))
    return problem(problems::admin_value, "no route leads to service '" + clipped(out.service_id) + "'", "/serviceId",
                   "GET /__admin/services names them");
  return out;
}

std::string_view service_in(const call& c) { return c.named.find("serviceId")->second; }

http::response no_order(std::string_view service) {
  return problem_answer(404, {problems::admin_not_found, "nothing is ordered for service '" + as_utf8(clipped(service)) + "'", "serviceId",
                              "GET /__admin/faults names what is"});
}

}  // namespace

http::response list_faults(const call& c) {
  json::array known;
  for (const faults::row& r : faults::catalogue())
    known.push_back({{"name", r.name}, {"layer", faults::name_of(r.where)}, {"onTheWire", r.on_wire}, {"noticedBy", r.noticed_by}});
  json::array active;
  for (const faults::rule& r : c.of.fault_rules->all()) active.emplace_back(rule_value(r));
  return json_answer(200, json::object{{"faults", std::move(active)}, {"catalogue", std::move(known)}});
}

http::response one_fault(const call& c) {
  const auto found = c.of.fault_rules->find(service_in(c));
  return found ? json_answer(200, rule_value(*found)) : no_order(service_in(c));
}

http::response set_fault(const call& c) {
  auto wanted = rule_from(c);
  if (!wanted) return refusal_of(wanted.error());
  const json::object told = rule_value(*wanted);
  if (!c.of.fault_rules->set(std::move(*wanted)))
    return problem_answer(422, {problems::admin_value, "there are " + std::to_string(faults::rules::most) + " orders already", "/serviceId",
                                "DELETE /__admin/faults"});
  return json_answer(200, told);
}

http::response remove_fault(const call& c) {
  return c.of.fault_rules->remove(service_in(c)) ? json_answer(200, json::object{}) : no_order(service_in(c));
}

http::response reset_faults(const call& c) {
  c.of.fault_rules->clear();
  return json_answer(200, json::object{});
}

}  // namespace shep::admin
