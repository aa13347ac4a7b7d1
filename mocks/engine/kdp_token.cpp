#include "mocks/engine/kdp_token.hpp"

#include "core/bytes.hpp"
#include "mocks/engine/json_reader.hpp"
#include "mocks/engine/problems.hpp"

#include <algorithm>

#include <boost/json/serialize.hpp>

namespace shep::mocks {
namespace {

namespace json = boost::json;

constexpr std::size_t longest_token = 8192;

/// RFC 7515 section 2: the URL-safe alphabet without padding.
std::string to_base64url(std::string_view octets) {
  std::string text = to_base64(octets);
  while (text.ends_with('=')) text.pop_back();
  std::replace(text.begin(), text.end(), '+', '-');
  std::replace(text.begin(), text.end(), '/', '_');
  return text;
}

result<std::string> from_base64url(std::string_view text) {
  if (text.find_first_of("+/= \t\r\n") != std::string_view::npos) return problem(shep::problems::bad_base64, "not base64url");
  std::string standard(text);
  std::replace(standard.begin(), standard.end(), '-', '+');
  std::replace(standard.begin(), standard.end(), '_', '/');
  while (standard.size() % 4 != 0) standard += '=';
  return from_base64(standard);
}

std::int64_t seconds_of(time_point t) { return std::chrono::floor<std::chrono::seconds>(t.time_since_epoch()).count(); }

problem forged(std::string_view why) { return {problems::token_forged, "the consent token " + std::string(why)}; }

result<json::object> read_part(std::string_view part, std::string_view name) {
  const auto octets = from_base64url(part);
  if (!octets) return forged("has a " + std::string(name) + " that is not base64url");
  auto value = read_json({name, *octets});
  if (!value || !value->is_object()) return forged("has a " + std::string(name) + " that is not a JSON object");
  return std::move(value->get_object());
}

std::string text_claim(const json::object& claims, std::string_view name) {
  const auto* value = claims.if_contains(name);
  return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

std::optional<time_point> time_claim(const json::object& claims, std::string_view name) {
  // Within the years that civil time can name; a hostile value must not overflow microseconds.
  constexpr std::int64_t last = 253'402'300'799;
  const auto* value = claims.if_contains(name);
  if (!value || !value->is_int64() || value->get_int64() < 0 || value->get_int64() > last) return std::nullopt;
  return time_point(std::chrono::seconds(value->get_int64()));
}

}  // namespace

result<std::string> write_kdp_token(const kdp_claims& claims, const token_authority& authority) {
  const json::object header{{"alg", "RS256"}, {"typ", "JWT"}};
  const json::object payload{{"sub", claims.iin},
                             {"access_name", claims.access_name},
                             {"company_bin", claims.company_bin},
                             {"iat", seconds_of(claims.issued)},
                             {"exp", seconds_of(claims.expires)},
                             {"jti", claims.id}};
  std::string token = to_base64url(json::serialize(header)) + "." + to_base64url(json::serialize(payload));
  const auto signature = authority.sign(token);
  if (!signature) return problem(problems::token_signing, "the consent token could not be signed: " + describe(signature.error()));
  return token + "." + to_base64url(*signature);
}

result<kdp_claims> read_kdp_token(std::string_view text, const token_authority& authority) {
  // Clients break the token over lines (shep-protocol.md section 6).
  std::string token;
  for (const char c : text.substr(0, longest_token + 1))
    if (std::string_view(" \t\r\n").find(c) == std::string_view::npos) token += c;
  if (text.size() > longest_token) return forged("is longer than 8192 octets");

  const auto first = token.find('.');
  const auto second = first == std::string::npos ? first : token.find('.', first + 1);
  if (second == std::string::npos || token.find('.', second + 1) != std::string::npos) return forged("does not have three parts");
  const std::string_view whole = token;
  const auto header = read_part(whole.substr(0, first), "header");
  if (!header) return header.error();
  // RFC 8725 section 3.1: the verifier, not the token, decides on the algorithm.
  if (text_claim(*header, "alg") != "RS256" || text_claim(*header, "typ") != "JWT" || header->size() != 2)
    return forged("has a header other than alg RS256, typ JWT");
  const auto signature = from_base64url(whole.substr(second + 1));
  if (!signature || !authority.verify(whole.substr(0, second), *signature)) return forged("has a signature that does not verify");

  const auto payload = read_part(whole.substr(first + 1, second - first - 1), "payload");
  if (!payload) return payload.error();
  kdp_claims claims{text_claim(*payload, "sub"), text_claim(*payload, "access_name"), text_claim(*payload, "company_bin"), {}, {},
                    text_claim(*payload, "jti")};
  const auto issued = time_claim(*payload, "iat");
  const auto expires = time_claim(*payload, "exp");
  if (claims.iin.empty() || claims.access_name.empty() || !issued || !expires) return forged("lacks sub, access_name, iat or exp");
  claims.issued = *issued;
  claims.expires = *expires;
  return claims;
}

}  // namespace shep::mocks
