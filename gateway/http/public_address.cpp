#include "http/public_address.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace shep::http {
namespace {

namespace ip = boost::asio::ip;

struct range {
  std::uint32_t first;
  unsigned bits;
};

// RFC 6890, the rows that are not globally reachable.
constexpr std::array closed{
    range{0x00000000, 8},   // "this network"
    range{0x0A000000, 8},   // private
    range{0x64400000, 10},  // shared by carriers
    range{0x7F000000, 8},   // loopback
    range{0xA9FE0000, 16},  // link-local, where clouds keep their metadata
    range{0xAC100000, 12},  // private
    range{0xC0000000, 24},  // protocol assignments
    range{0xC0A80000, 16},  // private
    range{0xC6120000, 15},  // benchmarks
    range{0xE0000000, 3},   // multicast, reserved, broadcast
};

bool is_public_v4(std::uint32_t address) {
  return std::none_of(closed.begin(), closed.end(), [&](const range& r) { return (address ^ r.first) >> (32 - r.bits) == 0; });
}

bool is_public_v6(const ip::address_v6& address) {
  const auto octets = address.to_bytes();
  const auto v4_at = [&](std::size_t i) {
    return static_cast<std::uint32_t>(octets[i]) << 24 | static_cast<std::uint32_t>(octets[i + 1]) << 16 |
           static_cast<std::uint32_t>(octets[i + 2]) << 8 | octets[i + 3];
  };
  const auto zeros = [&](std::size_t from, std::size_t to) {
    return std::all_of(octets.begin() + static_cast<std::ptrdiff_t>(from), octets.begin() + static_cast<std::ptrdiff_t>(to),
                       [](unsigned char o) { return o == 0; });
  };
  if (address.is_v4_mapped()) return is_public_v4(v4_at(12));
  if (zeros(0, 12)) return false;  // ::, ::1, IPv4-compatible
  if (octets[0] == 0x00 && octets[1] == 0x64 && octets[2] == 0xFF && octets[3] == 0x9B)
    return zeros(4, 12) && is_public_v4(v4_at(12));                           // NAT64
  if (octets[0] == 0x20 && octets[1] == 0x02) return is_public_v4(v4_at(2));  // 6to4
  const bool unique_local = (octets[0] & 0xFE) == 0xFC;
  return !address.is_link_local() && !address.is_site_local() && !address.is_multicast() && !unique_local;
}

}  // namespace

bool is_public(const ip::address& a) { return a.is_v4() ? is_public_v4(a.to_v4().to_uint()) : is_public_v6(a.to_v6()); }

}  // namespace shep::http
