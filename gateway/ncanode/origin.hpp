#pragma once

#include "http/message.hpp"

#include <optional>
#include <string>
#include <vector>

namespace shep::ncanode {

/// May a request with these Host and Origin headers be answered? A page of another site must not reach this port through somebody's
/// browser (security catalogue A02). Names of this machine always; when the service is open to the network also any IP address and names
/// without dots, which nobody can point at us through public DNS; and what is configured.
bool from_here(const http::request&, bool open, const std::vector<std::string>& hosts);

}  // namespace shep::ncanode
