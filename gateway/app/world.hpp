#pragma once

#include "adapters/forwarding/target.hpp"
#include "app/mock_world.hpp"
#include "config/settings.hpp"
#include "core/ids.hpp"
#include "mocks/engine/engine.hpp"
#include "ncanode/ncanode.hpp"
#include "pipeline/snapshot.hpp"

#include <memory>
#include <vector>

namespace shep::app {

/// Settings with every file they name read and checked: what `serve` runs on, and what `validate` checks.
/// `snapshot` is null when there are problems; all are told, not the first. `own`: the program's listeners, which no request is forwarded
/// to.
struct world {
  std::shared_ptr<const pipeline::snapshot> snapshot;
  std::shared_ptr<const mocks::engine> mocks;
  std::shared_ptr<const ncanode::grounds> ncanode;  ///< null when the service is off
  std::vector<problem> problems;
};
world build_world(const config::settings&, ids&, std::shared_ptr<const forwarding::own_listeners> own = nullptr, const carried_over& = {});

}  // namespace shep::app
