#pragma once

#include "config/settings.hpp"
#include "core/problem.hpp"
#include "mocks/engine/mapping.hpp"

#include <memory>
#include <span>
#include <vector>

namespace shep::app {

/// Mappings that load and do not do what was meant: a service without a route, a sender that is not configured, a register that nobody is
/// in, a template that is sent as it stands, a scenario's state that nothing leads to. In the order of loading. For `validate`.
std::vector<problem> check_mappings(const config::settings&, std::span<const std::shared_ptr<const mocks::mapping>>);

/// Routes answered by mappings that have none, and files below mappings/ and demo/ that are not what they seem.
std::vector<problem> check_mapping_files(const config::settings&, std::span<const std::shared_ptr<const mocks::mapping>>);

}  // namespace shep::app
