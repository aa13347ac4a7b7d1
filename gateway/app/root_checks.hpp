#pragma once

#include "config/settings.hpp"
#include "core/clock.hpp"
#include "core/problem.hpp"

#include <vector>

namespace shep::app {

/// What a root can run with and nobody wants: all of check_settings, check_mappings and check_mapping_files, mappings that can never
/// answer, keys whose certificates have ended. For `validate`; reads the root's files. Mappings that cannot be read are left to whoever
/// loads them.
std::vector<problem> check_root(const config::settings&, time_point now);

}  // namespace shep::app
