#pragma once

#include "mocks/engine/scenario_store.hpp"
#include "mocks/engine/stub_store.hpp"

#include <string>
#include <vector>

namespace shep::mocks {

/// One scenario as the admin API shows it (WireMock: name, state, possibleStates).
struct scenario_view {
  std::string name;
  bool keyed = false;                         ///< each key is a conversation of its own
  std::vector<std::string> possible_states;   ///< `first_state` and those the mappings name, sorted, no repetition
  std::string state;                          ///< of the conversation without a key
  std::vector<scenario_entry> conversations;  ///< those that have left `first_state`, by key
};

/// Every scenario of the mappings, by name; at most `most` conversations in all.
std::vector<scenario_view> scenarios_of(const stub_store&, scenario_store&, std::size_t most = 10'000);

/// Conversations of scenarios that the mappings do not have, or in states that they do not name, begin anew.
void forget_unknown_states(const stub_store&, scenario_store&);

}  // namespace shep::mocks
