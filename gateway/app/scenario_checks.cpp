#include "app/scenario_checks.hpp"

#include "app/mapping_places.hpp"
#include "mocks/engine/scenario_store.hpp"

#include <map>
#include <set>

namespace shep::app {
namespace {

struct scenario {
  std::set<std::string> set{std::string(mocks::first_state)};
  const mocks::mapping* first = nullptr;
};

bool same_kind_of_key(const mocks::scenario_step& a, const mocks::scenario_step& b) {
  return (a.key_path != nullptr) == (b.key_path != nullptr) && a.key_member == b.key_member;
}

}  // namespace

void check_scenarios(const std::string& root, std::span<const std::shared_ptr<const mocks::mapping>> mappings, root_findings& out) {
  std::map<std::string, scenario> all;
  for (const auto& m : mappings) {
    if (!m->scenario) continue;
    scenario& s = all[m->scenario->name];
    if (m->scenario->next) s.set.insert(*m->scenario->next);
    if (s.first == nullptr) s.first = m.get();
  }
  mapping_places places(root);
  for (const auto& m : mappings) {
    if (!m->scenario) continue;
    const scenario& s = all[m->scenario->name];
    const std::string& state = m->scenario->required ? *m->scenario->required : *s.set.begin();
    if (!s.set.contains(state))
      out.warnings.push_back({problems::usage,
                              "mapping '" + m->name + "' waits for the state '" + state + "', which no mapping of the scenario '" +
                                  m->scenario->name + "' sets",
                              places.of(*m), "write it as newScenarioState of the mapping before, or set it by the admin API"});
    if (!same_kind_of_key(*m->scenario, *s.first->scenario))
      out.warnings.push_back({problems::usage,
                              "mapping '" + m->name + "' has another scenarioKey than '" + s.first->name + "' of the scenario '" +
                                  m->scenario->name + "', so they never see each other's states",
                              places.of(*m), "write the same scenarioKey in all mappings of a scenario"});
  }
}

}  // namespace shep::app
