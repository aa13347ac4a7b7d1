#pragma once

#include <boost/asio/ip/address.hpp>

namespace shep::http {

/// False for addresses that belong to this machine, its links or private networks, and for those that no server has: loopback,
/// unspecified, link-local, private (RFC 1918, 6598, 4193), multicast, reserved, and IPv6 forms that carry such an IPv4 address.
bool is_public(const boost::asio::ip::address&);

}  // namespace shep::http
