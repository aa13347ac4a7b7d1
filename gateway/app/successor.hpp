#pragma once

#include "app/world.hpp"
#include "config/settings.hpp"

#include <vector>

namespace shep::app {

/// What a reload would take away from clients, and nobody meant (F16): every route, every mapping, or the route of a service that still has
/// mappings, as in a file that was written half. A start, and a root that never had them, are not asked.
std::vector<problem> check_successor(const pipeline::snapshot& now, const mocks::engine& mappings_now, const world& next);

/// Logs the settings that only a start can change and that the files no longer have as the program runs.
void tell_what_needs_a_restart(const config::settings& running, const config::settings& read);

}  // namespace shep::app
