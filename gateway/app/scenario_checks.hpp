#pragma once

#include "app/root_checks.hpp"
#include "mocks/engine/mapping.hpp"

#include <memory>
#include <span>
#include <string>

namespace shep::app {

/// Scenarios whose mappings wait for a state that none of them sets, or do not agree on what a conversation is. Warnings: the admin API
/// sets states too, and two XPaths may well find the same key.
void check_scenarios(const std::string& root, std::span<const std::shared_ptr<const mocks::mapping>>, root_findings&);

}  // namespace shep::app
