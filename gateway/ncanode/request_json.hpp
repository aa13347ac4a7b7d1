#pragma once

#include "core/result.hpp"

#include <string_view>

#include <boost/json/object.hpp>

namespace shep::ncanode {

/// The body of a request: one JSON object (RFC 8259), at most 16 levels deep, UTF-8, no key twice in one object (security catalogue A10).
/// A member nobody asks for is left alone, as NCANode does. Error problems::ncanode_json, without any of the body's content: it holds
/// passwords.
result<boost::json::object> read_request_json(std::string_view body);

}  // namespace shep::ncanode
