#pragma once

#include <string>

#include <boost/json/value.hpp>

namespace shep::app {

/// JSON for people: a member a line, two spaces for each level.
std::string readable(const boost::json::value&, std::size_t level = 0);

}  // namespace shep::app
