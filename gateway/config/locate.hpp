#pragma once

#include "config/load.hpp"

#include <string>

namespace shep::config {

/// The place of a setting, in front of what names it: "route.KDP_SERVICE.key: …" becomes "shepsim.toml:83 route.KDP_SERVICE.key: …".
/// Senders and routes go by id and serviceId; a key that is not written stands where its section names itself. What names no setting that
/// somebody wrote comes back unchanged.
std::string located(const std::string& where, const loaded&);

}  // namespace shep::config
