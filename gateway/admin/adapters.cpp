#include "admin/answer.hpp"
#include "admin/problems.hpp"
#include "admin/routes.hpp"
#include "pipeline/modes.hpp"
#include "protocol/problems.hpp"

namespace shep::admin {
namespace {

namespace json = boost::json;

json::object to_value(const routing::route& r) {
  json::array modes;
  for (const std::string_view mode : pipeline::modes_of(r)) modes.emplace_back(mode);
  return {{"serviceId", r.service_id}, {"routeId", r.route_id}, {"senderId", r.sender_id},
          {"mode", r.adapter},         {"target", r.target},    {"modes", std::move(modes)}};
}

http::response list(const call& c, const std::string* service) {
  const auto world = c.of.gateway.current();
  json::array adapters;
  for (const routing::route* r : world->routes.all())
    if (service == nullptr || r->service_id == *service) adapters.push_back(to_value(*r));
  const std::size_t total = adapters.size();
  if (service == nullptr) return json_answer(200, json::object{{"adapters", std::move(adapters)}, {"meta", {{"total", total}}}});
  if (adapters.empty()) return problem_answer(404, world->routes.choose(*service, {}, {}).error());
  const json::value mode = adapters[0].at("mode");
  return json_answer(200, json::object{{"serviceId", *service}, {"mode", mode}, {"routes", std::move(adapters)}});
}

result<std::string> wanted_mode(const http::request& request) {
  boost::system::error_code broken;
  json::parse_options options;
  options.max_depth = 4;
  const json::value body = json::parse(*request.body, broken, {}, options);
  const std::string hint = R"({"mode":"forward"})";
  if (broken || !body.is_object()) return problem(problems::admin_request, "the body must be a JSON object", "", hint);
  for (const auto& [key, value] : body.get_object())
    if (key != "mode") return problem(problems::admin_request, "unknown field", "/" + clipped(key), hint);
  const json::value* mode = body.get_object().if_contains("mode");
  if (mode == nullptr || !mode->is_string()) return problem(problems::admin_request, "mode has to be a text", "/mode", hint);
  return std::string(mode->get_string());
}

}  // namespace

http::response list_modes(const call& c) { return list(c, nullptr); }

http::response one_mode(const call& c) { return list(c, &c.named.find("serviceId")->second); }

http::response set_mode(const call& c) {
  const std::string& service = c.named.find("serviceId")->second;
  const auto mode = wanted_mode(c.request);
  if (!mode) return problem_answer(422, mode.error());
  const auto done = c.of.switch_mode(service, *mode);
  if (!done) return problem_answer(done.error().code == problems::unknown_service ? 404 : 422, done.error());
  return list(c, &service);
}

}  // namespace shep::admin
