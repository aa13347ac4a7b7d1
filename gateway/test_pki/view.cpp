#include "test_pki/view.hpp"

namespace shep::test_pki {

const told& effective(const view& v, const std::string& serial_hex, responder by, time_point now) {
  const auto own = v.states.certificates.find(serial_hex);
  if (own == v.states.certificates.end() || own->second.what == behaviour::good) return v.states.of(by);
  if (own->second.since && *own->second.since > now) return v.states.of(by);
  return own->second;
}

validity validity_of(const told& t, time_point now, std::chrono::milliseconds lifetime) {
  const time_point whole = std::chrono::floor<std::chrono::seconds>(now);
  if (t.what != behaviour::stale) return {whole, whole + lifetime};
  const time_point month_ago = whole - std::chrono::hours(24 * 30);
  return {month_ago, month_ago + std::min<std::chrono::milliseconds>(lifetime, std::chrono::hours(24))};
}

std::string malformed(std::string octets) {
  octets.resize(octets.size() / 2);
  return octets;
}

crypto::identity signing_identity(const crypto::identity& right, const crypto::private_key& other, const told& t) {
  return {t.what == behaviour::wrong_signer ? other : right.key, right.certificate, right.others};
}

}  // namespace shep::test_pki
