#include "adapters/forwarding/target.hpp"

#include "core/bytes.hpp"

#include <algorithm>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/udp.hpp>

namespace shep::forwarding {
namespace {

namespace ip = boost::asio::ip;

std::optional<ip::address> parsed(std::string_view text) {
  boost::system::error_code failed;
  const ip::address a = ip::make_address(std::string(text), failed);
  if (failed) return std::nullopt;
  if (a.is_v6() && a.to_v6().is_v4_mapped()) return ip::make_address_v4(ip::v4_mapped, a.to_v6());
  return a;
}

/// The system lets a socket be bound to its own addresses only.
bool is_of_this_machine(const ip::address& a) {
  if (a.is_loopback()) return true;
  boost::asio::io_context nobody_runs_it;
  ip::udp::socket probe(nobody_runs_it);
  boost::system::error_code failed;
  probe.open(a.is_v4() ? ip::udp::v4() : ip::udp::v6(), failed);
  if (!failed) probe.bind(ip::udp::endpoint(a, 0), failed);
  return !failed;
}

/// A last label of digits, or of digits after 0x, is read as an address by many resolvers: 2130706433, 127.1, 0x7f.1, 017700000001.
bool resolvers_read_as_number(std::string_view host) {
  const std::string_view last = host.substr(host.rfind('.') == std::string_view::npos ? 0 : host.rfind('.') + 1);
  if (last.empty()) return true;
  if (last.starts_with("0x") || last.starts_with("0X")) return true;
  return std::all_of(last.begin(), last.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::string_view authority_of(std::string_view url) {
  const std::size_t scheme = url.find("://");
  const std::string_view rest = scheme == std::string_view::npos ? url : url.substr(scheme + 3);
  return rest.substr(0, rest.find_first_of("/?#"));
}

/// Where clouds keep metadata and keys of their machines outside the link-local addresses: Alibaba, Oracle, Azure; AWS over IPv6.
bool is_metadata(const ip::address& a) {
  if (a.is_v6()) return a == ip::make_address_v6("fd00:ec2::254");
  const auto number = a.to_v4().to_uint();
  return number == 0x646464C8 || number == 0xC00000C0 || number == 0xA83F8110;
}

bool forbidden(const ip::address& a) {
  if (a.is_unspecified() || a.is_multicast() || is_metadata(a)) return true;
  if (a.is_v4()) return (a.to_v4().to_uint() >> 16) == 0xA9FE || a.to_v4().to_uint() >> 24 == 0 || a.to_v4().to_uint() == 0xFFFFFFFF;
  const auto octets = a.to_v6().to_bytes();
  const bool zeros = std::all_of(octets.begin(), octets.begin() + 8, [](unsigned char o) { return o == 0; });
  const bool stateless = zeros && octets[8] == 0xFF && octets[9] == 0xFF && octets[10] == 0 && octets[11] == 0;  // ::ffff:0:192.0.2.1
  const bool teredo = octets[0] == 0x20 && octets[1] == 0x01 && octets[2] == 0 && octets[3] == 0;
  const bool compatible = std::all_of(octets.begin(), octets.begin() + 12, [](unsigned char o) { return o == 0; }) && !a.is_loopback();
  const bool translated = octets[0] == 0x00 && octets[1] == 0x64 && octets[2] == 0xFF && octets[3] == 0x9B;  // NAT64
  const bool six_to_four = octets[0] == 0x20 && octets[1] == 0x02;
  return a.to_v6().is_link_local() || a.to_v6().is_site_local() || compatible || translated || stateless || teredo || six_to_four;
}

}  // namespace

bool is_no_recipient(std::string_view address) {
  const auto a = parsed(address);
  return !a || forbidden(*a);
}

bool reaches(std::string_view address, std::uint16_t port, std::span<const http::endpoint> listeners) {
  const auto a = parsed(address);
  return a && std::any_of(listeners.begin(), listeners.end(), [&](const http::endpoint& l) {
           if (l.port != port || port == 0) return false;
           const auto listens = parsed(l.address);
           return listens && (*listens == *a || (listens->is_unspecified() && is_of_this_machine(*a)));
         });
}

bool own_listeners::may_be_asked(std::string_view address, std::uint16_t port) const {
  const auto all = all_.load();
  return !is_no_recipient(address) && !(all && reaches(address, port, *all));
}

result<http::url> check_target(std::string_view text, std::span<const http::endpoint> own, const std::string& setting) {
  const auto refused = [&](std::string detail, std::string hint = "write http://host:port/path") {
    return problem(problems::usage, "the target '" + clipped(text, 200) + "' " + std::move(detail), setting, std::move(hint));
  };
  if (!http::equal_ignoring_case(text.substr(0, 7), "http://") && !http::equal_ignoring_case(text.substr(0, 8), "https://"))
    return refused("is neither an http nor an https address");
  if (authority_of(text).find('@') != std::string_view::npos)
    return refused("holds user information", "the host is what stands behind the '@'; leave out the rest");
  auto url = http::parse_url(text);
  if (!url) return refused("cannot be used: " + url.error().detail);
  const std::string& host = url->host;
  if (host.find('%') != std::string::npos) return refused("has a host with '%' in it");
  if (authority_of(text).starts_with('[') && host.find(':') == std::string::npos)
    return refused("has an address in an unusual spelling", "brackets are for IPv6 addresses");
  const bool number = host.find(':') != std::string::npos || resolvers_read_as_number(host);
  if (number) {
    boost::system::error_code failed;
    const ip::address a = ip::make_address(host, failed);
    if (failed || (a.is_v4() && a.to_string() != host) || (a.is_v6() && a.to_v6().is_v4_mapped()))
      return refused("has an address in an unusual spelling", "write it as 192.0.2.1 or [2001:db8::1]");
    if (forbidden(a))
      return refused("has an address that no recipient can have: link-local, unspecified, multicast, translated or a cloud's own");
  }
  const bool local = http::equal_ignoring_case(host, "localhost");
  if (local ? reaches("127.0.0.1", url->port, own) || reaches("::1", url->port, own) : reaches(host, url->port, own))
    return refused("is one of this program's own ports", "a recipient is another program");
  return url;
}

}  // namespace shep::forwarding
