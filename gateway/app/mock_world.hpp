#pragma once

#include "core/ids.hpp"
#include "crypto/pkcs12.hpp"
#include "mocks/engine/engine.hpp"

#include <chrono>
#include <memory>
#include <string>
#include <vector>

namespace shep::app {

/// Mappings below `root`, joined to the population and to the key that signs consent tokens; the returned engine keeps all of it alive.
/// Every problem of the mappings is returned; the engine is null then.
struct mock_world {
  std::shared_ptr<const mocks::engine> engine;
  std::vector<problem> problems;
};
struct mock_settings {
  std::string root;
  std::uint64_t seed = 1;
  bool generate = true;
  std::chrono::minutes zone{300};
};
/// What was made while the program ran and outlives a reload: mappings, and where conversations stand.
struct carried_over {
  std::vector<std::shared_ptr<const mocks::mapping>> added;
  std::shared_ptr<mocks::scenario_store> scenarios;  ///< null: all begin anew
};
mock_world build_mocks(const mock_settings&, std::shared_ptr<const crypto::identity> token_key, ids&, const carried_over& = {});

}  // namespace shep::app
