#include "admin/answer.hpp"
#include "admin/body.hpp"
#include "admin/problems.hpp"
#include "admin/routes.hpp"
#include "core/bytes.hpp"
#include "mocks/engine/scenario_overview.hpp"

#include <algorithm>

namespace shep::admin {
namespace {

namespace json = boost::json;

json::object to_value(const mocks::scenario_view& s) {
  json::array possible;
  for (const std::string& state : s.possible_states) possible.emplace_back(as_utf8(state));
  // WireMock tells an id and a name; ours are named and nothing else.
  json::object out{
      {"id", as_utf8(s.name)}, {"name", as_utf8(s.name)}, {"state", as_utf8(s.state)}, {"possibleStates", std::move(possible)}};
  if (!s.keyed) return out;
  json::array conversations;
  for (const auto& one : s.conversations) conversations.push_back({{"key", as_utf8(one.key)}, {"state", as_utf8(one.state)}});
  out["keyed"] = true;
  out["conversations"] = std::move(conversations);
  return out;
}

}  // namespace

http::response list_scenarios(const call& c) {
  const auto engine = c.of.mocks();
  json::array all;
  for (const auto& s : mocks::scenarios_of(*engine->store(), engine->scenarios())) all.emplace_back(to_value(s));
  return json_answer(200, json::object{{"scenarios", std::move(all)}});
}

http::response reset_scenarios(const call& c) {
  c.of.mocks()->scenarios().reset();
  return json_answer(200, json::object{});
}

http::response set_scenario_state(const call& c) {
  const auto engine = c.of.mocks();
  const std::string& name = c.named.find("name")->second;
  const auto known = mocks::scenarios_of(*engine->store(), engine->scenarios(), 0);
  const auto found = std::find_if(known.begin(), known.end(), [&](const mocks::scenario_view& s) { return s.name == name; });
  if (found == known.end())
    return problem_answer(404, {problems::admin_not_found, "no mapping has the scenario '" + as_utf8(clipped(name)) + "'", "name",
                                "GET /__admin/scenarios names them"});
  if (c.request.body->empty()) {
    engine->scenarios().reset(name);
    return json_answer(200, json::object{});
  }
  const auto body = json_body(c.request);
  if (!body) return refusal_of(body.error());
  fields from(*body);
  const std::string state = from.text("state").value_or(std::string(mocks::first_state));
  const std::string key = from.text("key").value_or("");
  const auto& possible = found->possible_states;
  if (std::find(possible.begin(), possible.end(), state) == possible.end()) {
    std::string names;
    for (const std::string& one : possible) names += (names.empty() ? "" : ", ") + one;
    from.fail("state", "the scenario has no state '" + as_utf8(clipped(state)) + "'", "possible are: " + as_utf8(clipped(names, 400)));
  }
  if (const auto ok = from.finish(); !ok) return refusal_of(ok.error());
  engine->scenarios().set(name, key, state);
  return json_answer(200, json::object{});
}

}  // namespace shep::admin
