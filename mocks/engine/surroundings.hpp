#pragma once

#include "core/ids.hpp"
#include "mocks/engine/data_source.hpp"
#include "mocks/engine/scenario_store.hpp"
#include "mocks/engine/token_authority.hpp"

#include <chrono>

namespace shep::mocks {

/// What criteria and templates may reach beside the request. Not owned; outlives the engine. A null part is an error only for a mapping
/// that asks for it.
struct surroundings {
  const data_source* population = nullptr;
  ids* identifiers = nullptr;  ///< the only source of chance: random values, delays, token ids
  const token_authority* tokens = nullptr;
  std::chrono::minutes zone{300};       ///< offset from UTC that templates print times in
  scenario_store* scenarios = nullptr;  ///< null: every scenario stays where it began
};

}  // namespace shep::mocks
