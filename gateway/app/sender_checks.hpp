#pragma once

#include "app/root_checks.hpp"

namespace shep::app {

/// Senders that can never call, or not as they are written: services, numbers and certificates.
void check_senders(const config::settings&, time_point now, root_findings&);

}  // namespace shep::app
