#pragma once

#include "app/root_checks.hpp"

namespace shep::app {

/// Ports and files that get in each other's way, and files below mappings/ that are silently left out.
void check_places(const config::settings&, root_findings&);

}  // namespace shep::app
