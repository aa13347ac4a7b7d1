#include "mocks/engine/scenario_overview.hpp"

#include <limits>
#include <map>
#include <set>

namespace shep::mocks {

std::vector<scenario_view> scenarios_of(const stub_store& mappings, scenario_store& states, std::size_t most) {
  std::map<std::string, std::pair<scenario_view, std::set<std::string>>> by_name;
  for (const auto& m : mappings.mappings()) {
    if (!m->scenario) continue;
    auto& [view, possible] = by_name[m->scenario->name];
    view.keyed = view.keyed || m->scenario->keyed();
    possible.emplace(first_state);
    if (m->scenario->required) possible.insert(*m->scenario->required);
    if (m->scenario->next) possible.insert(*m->scenario->next);
  }
  for (auto& entry : states.list(most))
    if (const auto found = by_name.find(entry.scenario); found != by_name.end())
      found->second.first.conversations.push_back(std::move(entry));
  std::vector<scenario_view> views;
  for (auto& [name, gathered] : by_name) {
    auto& [view, possible] = gathered;
    view.name = name;
    view.possible_states.assign(possible.begin(), possible.end());
    view.state = states.state(name, "");
    views.push_back(std::move(view));
  }
  return views;
}

void forget_unknown_states(const stub_store& mappings, scenario_store& states) {
  const auto cut = [](const std::string& text) { return text.substr(0, longest_scenario_text); };
  std::map<std::string, std::pair<bool, std::set<std::string>>> known;  // keyed, states
  for (const scenario_view& s : scenarios_of(mappings, states, 0)) {
    auto& [keyed, possible] = known[cut(s.name)];
    keyed = keyed || s.keyed;
    for (const std::string& one : s.possible_states) possible.insert(cut(one));
  }
  for (const scenario_entry& one : states.list(std::numeric_limits<std::size_t>::max())) {
    const auto found = known.find(one.scenario);
    const bool stays = found != known.end() && (one.key.empty() || found->second.first) && found->second.second.contains(one.state);
    if (!stays) states.set(one.scenario, one.key, first_state);
  }
}

}  // namespace shep::mocks
