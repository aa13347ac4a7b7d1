#pragma once

#include "config/settings.hpp"
#include "core/clock.hpp"
#include "core/problem.hpp"

#include <vector>

namespace shep::app {

/// What settings allow and nobody wants: senders that can ask nothing or whose certificates do not fit, routes for strangers, trust that
/// believes nobody, ports and files that are used twice. For `validate`; reads the files that the settings name.
std::vector<problem> check_settings(const config::settings&, time_point now);

}  // namespace shep::app
