#pragma once

#include "http/message.hpp"
#include "journal/record.hpp"

#include <boost/json/object.hpp>

namespace shep::admin {

inline constexpr std::size_t default_limit = 100;
inline constexpr std::size_t largest_limit = 1000;

/// The shape of WireMock's serve event, with SHEP's own facts under "shep".
boost::json::object request_value(const journal::entry&);

/// The journal could not be read, or has no such entry.
http::response storage_trouble(const problem&);

}  // namespace shep::admin
