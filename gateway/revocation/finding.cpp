#include "revocation/finding.hpp"

#include <algorithm>

namespace shep::revocation {

std::string_view name_of(evidence e) { return e == evidence::crl ? "CRL" : "OCSP"; }

std::string_view name_of(state s) {
  switch (s) {
    case state::good: return "GOOD";
    case state::revoked: return "REVOKED";
    case state::on_hold: return "ON_HOLD";
    case state::unknown: break;
  }
  return "UNKNOWN";
}

std::string_view name_of(reason r) {
  switch (r) {
    case reason::unspecified: break;
    case reason::key_compromise: return "keyCompromise";
    case reason::ca_compromise: return "cACompromise";
    case reason::affiliation_changed: return "affiliationChanged";
    case reason::superseded: return "superseded";
    case reason::cessation_of_operation: return "cessationOfOperation";
    case reason::certificate_hold: return "certificateHold";
    case reason::remove_from_crl: return "removeFromCRL";
    case reason::privilege_withdrawn: return "privilegeWithdrawn";
    case reason::aa_compromise: return "aACompromise";
  }
  return "unspecified";
}

std::optional<reason> reason_of(unsigned code) {
  if (code > static_cast<unsigned>(reason::aa_compromise) || code == 7) return std::nullopt;
  return static_cast<reason>(code);
}

bool stands_against(const finding& f, time_point signed_at) {
  if (f.what != state::revoked && f.what != state::on_hold) return false;
  if (!f.revoked_at) return true;
  return signed_at >= std::min(*f.revoked_at, f.invalid_since.value_or(*f.revoked_at));
}

// Whoever holds a compromised key writes genTime as he likes, so "before the revocation" means something only where the key is known to
// have stayed where it belongs. A hold tells nothing of that yet.
bool stands_against_token(const finding& f, time_point gen_time) {
  if (f.what != state::revoked && f.what != state::on_hold) return false;
  const bool harmless = f.what == state::revoked && (f.why == reason::unspecified || f.why == reason::affiliation_changed ||
                                                     f.why == reason::superseded || f.why == reason::cessation_of_operation);
  return !harmless || stands_against(f, gen_time);
}

}  // namespace shep::revocation
