#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace shep::http {

/// "name", "name:8080", "192.0.2.1:80", "[::1]:80" taken apart. RFC 3986 section 3.2, without user information.
struct authority {
  std::string_view host;  ///< with the brackets of an IPv6 address; views into the text
  std::optional<std::uint16_t> port;
};

/// Empty for anything else. At most 255 octets.
std::optional<authority> parse_authority(std::string_view text);

}  // namespace shep::http
