#pragma once

#include "mocks/engine/mapping.hpp"
#include "mocks/engine/stub_store.hpp"

#include <boost/json/object.hpp>

namespace shep::admin {

/// The mapping as it was written, with its id, name and priority; metadata.file says where it came from.
boost::json::object mapping_value(const mocks::mapping&);

/// WireMock's match result, and the first criterion that does not hold.
boost::json::object miss_value(const mocks::near_miss&);

}  // namespace shep::admin
