#pragma once

#include "config/settings.hpp"
#include "core/clock.hpp"
#include "core/problem.hpp"

#include <vector>

namespace shep::app {

/// What checks of a root found. Errors: something cannot work as it is written. Warnings: it can, and hardly anybody means it.
struct root_findings {
  std::vector<problem> errors, warnings;
};

/// What a root can run with and nobody wants: mappings that can never answer, senders that can never call, keys whose certificates have
/// ended, files that are not what they are named for. For `validate`; reads the root's files. What cannot be read is left to whoever loads
/// it.
root_findings check_root(const config::settings&, time_point now);

}  // namespace shep::app
