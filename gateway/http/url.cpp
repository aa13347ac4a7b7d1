#include "http/authority.hpp"
#include "http/characters.hpp"
#include "http/client.hpp"
#include "http/problems.hpp"

#include <algorithm>

namespace shep::http {

std::string url::authority() const {
  const auto name = host.find(':') == std::string::npos ? host : "[" + host + "]";
  return port == (secure ? 443 : 80) ? name : name + ":" + std::to_string(port);
}

result<url> parse_url(std::string_view text) {
  const auto bad = [text](std::string what, std::string hint = "write http://host:port/path") {
    return problem(problems::bad_url, std::move(what), std::string(text.substr(0, 200)), std::move(hint));
  };
  for (const char c : text)
    if (static_cast<unsigned char>(c) <= 0x20 || static_cast<unsigned char>(c) >= 0x7F)
      return bad("a space, a control character or one outside ASCII", "percent-encode it");
  const bool secure = equal_ignoring_case(text.substr(0, 8), "https://");
  if (!secure && !equal_ignoring_case(text.substr(0, 7), "http://")) return bad("the scheme is neither http nor https");
  if (text.find('#') != std::string_view::npos) return bad("a fragment cannot be sent", "leave out '#' and what follows");
  const auto rest = text.substr(secure ? 8 : 7);
  const auto end = std::min(rest.find_first_of("/?"), rest.size());
  const auto place = parse_authority(rest.substr(0, end));
  if (!place || place->port == 0) return bad("the host or port is malformed");
  url out;
  out.host = place->host.front() == '[' ? place->host.substr(1, place->host.size() - 2) : place->host;
  out.secure = secure;
  out.port = place->port.value_or(secure ? 443 : 80);
  out.target = std::string(rest.substr(end));
  if (out.target.empty() || out.target.front() == '?') out.target.insert(0, "/");
  return out;
}

}  // namespace shep::http
