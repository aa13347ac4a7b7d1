#pragma once

#include "core/result.hpp"

#include <string>
#include <string_view>

namespace shep::forwarding {

inline constexpr std::size_t most_hops = 8;

/// The header Shepsim-Hops of the message that goes on: the programs it came through ("id, id"), and this one. Error:
/// recipient_unavailable for a message that was here before, or that came through `most_hops` programs already (security catalogue A07);
/// message_format for a header that is not such a list.
result<std::string> next_hops(std::string_view received, std::string_view instance);

}  // namespace shep::forwarding
