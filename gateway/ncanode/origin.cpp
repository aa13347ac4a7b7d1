#include "ncanode/origin.hpp"

#include <algorithm>
#include <array>

namespace shep::ncanode {
namespace {

std::string_view host_of(std::string_view authority) {
  if (authority.starts_with('[')) return authority.substr(0, authority.find(']') + 1);
  return authority.substr(0, authority.find(':'));
}

bool is_address(std::string_view host) {
  return host.starts_with('[') || (!host.empty() && host.find_first_not_of("0123456789.") == std::string_view::npos);
}

bool is_ours(std::string_view host, bool open, const std::vector<std::string>& hosts) {
  constexpr std::array<std::string_view, 3> loopback = {"localhost", "127.0.0.1", "[::1]"};
  const auto same = [&](std::string_view name) { return http::equal_ignoring_case(name, host); };
  if (std::any_of(loopback.begin(), loopback.end(), same) || std::any_of(hosts.begin(), hosts.end(), same)) return true;
  return open && !host.empty() && (is_address(host) || host.find('.') == std::string_view::npos);
}

}  // namespace

bool from_here(const http::request& r, bool open, const std::vector<std::string>& hosts) {
  if (!is_ours(host_of(r.authority()), open, hosts)) return false;
  const auto origin = r.headers.find("Origin");
  if (!origin) return true;
  const std::size_t scheme = origin->find("://");
  return scheme != std::string_view::npos && is_ours(host_of(origin->substr(scheme + 3)), open, hosts);
}

}  // namespace shep::ncanode
