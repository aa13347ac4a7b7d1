#pragma once

#include "app/root_checks.hpp"
#include "mocks/engine/mapping.hpp"

#include <memory>
#include <span>

namespace shep::app {

/// Mappings that ask for what is not there (registers, members of people and companies, senders), texts that look like templates and are
/// none, delays that nobody waits for. In loading order.
void check_mappings(const config::settings&, std::span<const std::shared_ptr<const mocks::mapping>>, root_findings&);

}  // namespace shep::app
