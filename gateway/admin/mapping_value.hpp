#pragma once

#include "mocks/engine/mapping.hpp"

#include <boost/json/object.hpp>

namespace shep::admin {

/// The mapping as it was written, with its id, name and priority; metadata.file says where it came from.
boost::json::object mapping_value(const mocks::mapping&);

}  // namespace shep::admin
