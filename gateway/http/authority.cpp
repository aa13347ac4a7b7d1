#include "http/authority.hpp"

#include "http/characters.hpp"

#include <algorithm>
#include <charconv>

namespace shep::http {
namespace {

bool is_host_character(char c) {
  return is_digit(c) || (lower(c) >= 'a' && lower(c) <= 'z') || std::string_view("-._~%").find(c) != std::string_view::npos;
}

bool is_address_character(char c) { return hex_digit(c) >= 0 || c == ':' || c == '.'; }

// An empty port ("name:") is allowed by the grammar and means none.
bool read_port(std::string_view text, authority& out) {
  if (text.empty()) return true;
  if (text.front() != ':' || text.size() > 6) return false;
  text.remove_prefix(1);
  if (text.empty()) return true;
  std::uint16_t port = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), port);
  if (read.ec != std::errc() || read.ptr != text.data() + text.size()) return false;
  out.port = port;
  return true;
}

}  // namespace

std::optional<authority> parse_authority(std::string_view text) {
  if (text.empty() || text.size() > 255) return std::nullopt;
  authority out;
  std::size_t end = 0;
  if (text.front() == '[') {
    const auto close = text.find(']');
    if (close == std::string_view::npos || close < 3) return std::nullopt;
    const auto inside = text.substr(1, close - 1);
    if (!std::all_of(inside.begin(), inside.end(), is_address_character)) return std::nullopt;
    end = close + 1;
  } else {
    end = std::min(text.find(':'), text.size());
    if (end == 0 || !std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(end), is_host_character)) return std::nullopt;
  }
  out.host = text.substr(0, end);
  if (!read_port(text.substr(end), out)) return std::nullopt;
  return out;
}

}  // namespace shep::http
