#include "mocks/engine/scenario.hpp"

#include "mocks/engine/evaluation.hpp"
#include "mocks/engine/near_text.hpp"
#include "xml/text.hpp"

namespace shep::mocks {

std::string scenario_step::key(evaluation& e) const {
  if (key_path) return std::string(xml::trimmed(e.first(*key_path)).substr(0, longest_scenario_text));
  if (key_member) return std::string((e.view.*key_member).substr(0, longest_scenario_text));
  return {};
}

bool scenario_criterion::holds(evaluation& e) const { return e.scenario_state(step_.name, step_.key(e)) == *step_.required; }

criterion_report scenario_criterion::explain(evaluation& e) const {
  const std::string key = step_.key(e);
  const std::string& state = e.scenario_state(step_.name, key);
  const bool exact = state == *step_.required;
  return {"scenario " + step_.name, exact, exact ? 0.0 : 1.0,
          "state '" + *step_.required + "'" + (step_.keyed() ? " for the key '" + shortened(key) + "'" : ""), shortened(state)};
}

bool advance(const scenario_step& step, evaluation& e) {
  if (!step.next || !e.around.scenarios) return true;
  return e.around.scenarios->advance(step.name, step.key(e), step.required, *step.next);
}

}  // namespace shep::mocks
