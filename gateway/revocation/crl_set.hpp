#pragma once

#include "revocation/crl.hpp"

#include <chrono>

namespace shep::revocation {

/// When a list is believed.
struct crl_rules {
  std::chrono::seconds grace{0};                             ///< how long after nextUpdate a list still counts (security catalogue C09)
  std::chrono::seconds max_age{std::chrono::hours(24 * 7)};  ///< for lists without nextUpdate, from thisUpdate
  std::chrono::seconds skew{300};                            ///< thisUpdate may be this far ahead of our clock
  bool delta_required = false;                               ///< undecided without a fresh delta list that fits the complete one
};

/// The verified lists of any number of authorities; of each authority and scope one complete list and one delta. Immutable: `with` makes a
/// new set that shares the lists, so that a holder can be swapped while others look up. Any thread.
class crl_set {
 public:
  crl_set() = default;

  /// The set with one more list; it replaces the one of the same authority, scope and kind, unless that is newer (then the set stays as it
  /// is). The signature is verified here, once. Errors: those of crl::signed_by.
  result<crl_set> with(const crl&, const crypto::certificate& issuer, std::string source, bool allow_sha1 = false) const;

  /// RFC 5280 section 6.3.3. `at` is the moment at which the lists have to be current, normally now; a signing time in the past is
  /// compared with `finding::revoked_at` afterwards (`stands_against`). States: good, revoked, on_hold.
  /// Errors: crl_missing, crl_scope (lists are there, but not for this certificate, or it expired before they were made), crl_stale,
  /// crl_not_yet_valid, crl_issuer (`issuer` did not issue the certificate).
  result<finding> look_up(const crypto::certificate&, const crypto::certificate& issuer, time_point at, const crl_rules& = {}) const;

  /// A verified list with where it came from.
  struct listed {
    crl list;
    std::string source;
  };
  std::vector<listed> all() const;  ///< in no particular order

 private:
  struct data;
  std::shared_ptr<const data> data_;  // null: empty
};

}  // namespace shep::revocation
