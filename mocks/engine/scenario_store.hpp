#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Where conversations stand: WireMock's scenarios, each also once for every key (one person, one session).
namespace shep::mocks {

/// Every scenario begins here, as in WireMock; nothing is stored for it.
inline constexpr std::string_view first_state = "Started";

/// Longer keys and states count by so many of their first octets: a client chooses keys.
inline constexpr std::size_t longest_scenario_text = 256;

struct scenario_entry {
  std::string scenario;
  std::string key;  ///< empty for a scenario without scenarioKey
  std::string state;
};

/// States by scenario and key. A narrow interface so that states can live elsewhere (shared by several processes).
/// Safe from any thread; no call fails: a store that is full forgets the state that was asked for longest ago.
class scenario_store {
 public:
  virtual ~scenario_store() = default;

  virtual std::string state(std::string_view scenario, std::string_view key) = 0;  ///< `first_state` when nothing is stored

  /// Moves to `next` if the state still is `expected` (always when that is empty); false when another request was quicker.
  virtual bool advance(std::string_view scenario, std::string_view key, std::optional<std::string_view> expected,
                       std::string_view next) = 0;

  virtual std::vector<scenario_entry> list(std::size_t most) const = 0;  ///< by scenario, then key; what is stored only
  virtual void reset() = 0;                                              ///< all back to `first_state`
  virtual void reset(std::string_view scenario) = 0;                     ///< one scenario, all its keys

  void set(std::string_view scenario, std::string_view key, std::string_view state) { advance(scenario, key, std::nullopt, state); }
};

/// In memory: at most `capacity` states, spread over shards with a lock each, so that conversations do not wait for one another.
std::unique_ptr<scenario_store> memory_scenarios(std::size_t capacity = 100'000);

}  // namespace shep::mocks
