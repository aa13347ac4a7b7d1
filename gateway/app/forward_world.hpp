#pragma once

#include "adapters/forwarding/grounds.hpp"
#include "app/collector.hpp"
#include "app/keys.hpp"
#include "config/settings.hpp"
#include "pipeline/snapshot.hpp"
#include "routing/routes.hpp"

#include <memory>
#include <span>

namespace shep::app {

/// What the adapters that ask real endpoints work with: one endpoint for each route with a target, every target checked (security
/// catalogue A07), and the recorded fixtures. `world` gives trust, signature rules and the gateway's key; `routes[i]` is made of
/// `settings.routes[i]`. `own` learns the program's listeners when they listen.
std::shared_ptr<const forwarding::grounds> build_forwarding(const config::settings&, const pipeline::snapshot& world,
                                                            std::span<const routing::route> routes,
                                                            std::shared_ptr<const forwarding::own_listeners> own, ids&, opened_keys&,
                                                            collector&);

}  // namespace shep::app
