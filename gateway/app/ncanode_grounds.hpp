#pragma once

#include "config/settings.hpp"
#include "ncanode/ncanode.hpp"

#include <memory>
#include <vector>

namespace shep::app {

/// What the NCANode-shaped service judges by: the configured trust with its own policy. Null when the service is off. Files that cannot be
/// read are told by build_world already, which reads the same ones; `problems` gets what is of this service alone.
std::shared_ptr<const ncanode::grounds> ncanode_grounds(const config::settings&, std::vector<problem>& problems);

}  // namespace shep::app
