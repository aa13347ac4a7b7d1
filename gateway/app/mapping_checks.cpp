#include "app/mapping_checks.hpp"

#include "app/mapping_places.hpp"
#include "mocks/population/country.hpp"
#include "routing/routes.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include <boost/json.hpp>

namespace shep::app {
namespace {

namespace json = boost::json;

const json::value* at(const json::value& from, std::initializer_list<std::string_view> path) {
  const json::value* here = &from;
  for (const std::string_view key : path) {
    const auto* object = here->if_object();
    here = object == nullptr ? nullptr : object->if_contains(key);
    if (here == nullptr) return nullptr;
  }
  return here;
}

std::optional<std::string> text_at(const json::value& from, std::initializer_list<std::string_view> path) {
  const json::value* found = at(from, path);
  if (found == nullptr || !found->is_string()) return std::nullopt;
  return std::string(found->get_string());
}

/// The registers that somebody of the country is in.
std::set<std::string, std::less<>> registers_of(const config::settings& s) {
  std::set<std::string, std::less<>> out{"person", "organization", "iin", "bin"};
  const auto country = population::country::shipped({s.population.generate, s.population.seed});
  for (const population::persona& one : country.personas()) {
    const auto record = one.is_person ? country.person(one.number) : country.organization(one.number);
    const auto* registers = record ? record->if_contains("registers") : nullptr;
    if (registers != nullptr && registers->is_object())
      for (const auto& entry : registers->get_object()) out.emplace(entry.key());
  }
  return out;
}

/// What the mappings of one scenario say about its states.
struct scenario_states {
  std::set<std::string> led_to{"Started"};
  std::optional<bool> keyed;  ///< has the mapping before a scenarioKey?
};

class mapping_checker {
 public:
  mapping_checker(const config::settings& s, std::vector<problem>& out)
      : settings_(s), routes_(routes_of(s)), registers_(registers_of(s)), places_(s.root), told_(out) {
    for (const auto& sender : s.senders) senders_.insert(sender.id);
  }

  void learn(const mocks::mapping& m) {
    if (!m.scenario) return;
    scenario_states& states = scenarios_[m.scenario->name];
    if (m.scenario->next) states.led_to.insert(*m.scenario->next);
  }

  void check(const mocks::mapping& m) {
    if (routes_ && !m.service_id.empty() && !routes_->knows(m.service_id))
      tell(m, "answers the service '" + m.service_id + "', which has no route", routes_->choose(m.service_id, {}, {}).error().hint);
    boost::system::error_code failed;
    const json::value source = json::parse(m.source, failed);
    if (failed) return;
    check_sender(m, source);
    check_registers(m, source);
    check_template(m, source);
    if (m.scenario) check_scenario(m);
  }

 private:
  /// One row for each service: who may choose among several is not asked here.
  static std::optional<routing::route_table> routes_of(const config::settings& s) {
    std::vector<routing::route> rows;
    std::set<std::string> seen;
    for (const auto& from : s.routes) {
      if (!seen.insert(from.service).second) continue;
      routing::route r;
      r.service_id = from.service;
      rows.push_back(std::move(r));
    }
    auto table = routing::route_table::create(std::move(rows));
    if (!table) return std::nullopt;
    return std::move(*table);
  }

  void tell(const mocks::mapping& m, const std::string& what, std::string hint) {
    told_.push_back({problems::usage, "mapping '" + m.name + "' " + what, places_.of(m), std::move(hint)});
  }

  void check_sender(const mocks::mapping& m, const json::value& source) {
    auto wanted = text_at(source, {"request", "shep", "senderId"});
    if (!wanted) wanted = text_at(source, {"request", "shep", "senderId", "equalTo"});
    if (wanted && !senders_.contains(*wanted))
      tell(m, "asks for the sender '" + *wanted + "', who is not configured", "add it as [[sender]], or name another");
  }

  void check_registers(const mocks::mapping& m, const json::value& source) {
    const json::value* record = at(source, {"request", "shep", "record"});
    if (record == nullptr) return;
    const auto one = [&](const json::value& asked) {
      const auto path = text_at(asked, {"registry"});
      if (path && !registers_.contains(path->substr(0, path->find('.'))))
        tell(m, "asks the register '" + *path + "', and nobody is in one of this name", "registers: mocks/population/README.md");
    };
    if (const auto* list = record->if_array()) std::for_each(list->begin(), list->end(), one);
    else one(*record);
  }

  void check_template(const mocks::mapping& m, const json::value& source) {
    const auto body = text_at(source, {"response", "body"});
    if (body && body->find("{{") != std::string::npos && at(source, {"response", "transformers"}) == nullptr)
      tell(m, "sends {{…}} as it stands", "add \"transformers\": [\"response-template\"] to the response");
  }

  void check_scenario(const mocks::mapping& m) {
    scenario_states& states = scenarios_[m.scenario->name];
    if (m.scenario->required && !states.led_to.contains(*m.scenario->required))
      tell(m, "waits for the state '" + *m.scenario->required + "' of '" + m.scenario->name + "', and no mapping leads there",
           "give another mapping this newScenarioState");
    if (states.keyed && *states.keyed != m.scenario->keyed())
      tell(m,
           std::string("has ") + (m.scenario->keyed() ? "a" : "no") + " scenarioKey, unlike the mappings of '" + m.scenario->name +
               "' before it: their conversations never meet",
           "give all of them one, or none");
    states.keyed = m.scenario->keyed();
  }

  const config::settings& settings_;
  std::optional<routing::route_table> routes_;
  std::set<std::string, std::less<>> registers_;
  std::set<std::string, std::less<>> senders_;
  std::map<std::string, scenario_states> scenarios_;
  mapping_places places_;
  std::vector<problem>& told_;
};

}  // namespace

std::vector<problem> check_mappings(const config::settings& s, std::span<const std::shared_ptr<const mocks::mapping>> mappings) {
  std::vector<problem> out;
  if (s.routes.empty()) return out;  // told by whoever reads the settings; not once more for each mapping
  mapping_checker checker(s, out);
  for (const auto& m : mappings) checker.learn(*m);
  for (const auto& m : mappings) checker.check(*m);
  return out;
}

}  // namespace shep::app
