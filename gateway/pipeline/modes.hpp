#pragma once

#include "pipeline/snapshot.hpp"

#include <memory>
#include <string_view>
#include <vector>

namespace shep::pipeline {

/// A copy of the world in which another adapter answers every route of one service. Errors: unknown_service; problems::usage when there is
/// no such adapter, or when it asks a real endpoint and a route of the service names none.
result<std::shared_ptr<const snapshot>> with_mode(const snapshot&, std::string_view service_id, std::string_view mode);

/// The adapters that this route can be switched to, in the order of their names.
std::vector<std::string_view> modes_of(const routing::route&);

}  // namespace shep::pipeline
