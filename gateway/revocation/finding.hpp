#pragma once

#include "core/clock.hpp"
#include "core/result.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What revocation lists (RFC 5280) and OCSP answers (RFC 6960) say about a certificate. Plain values.
namespace shep::revocation {

/// Whom to ask. best_effort: OCSP first, the list when OCSP leaves it undecided.
enum class mode { none, crl, ocsp, best_effort };

enum class evidence { crl, ocsp };

/// `unknown` is an answer of a responder that does not know the certificate: neither good nor revoked.
enum class state { good, revoked, on_hold, unknown };

/// CRLReason, RFC 5280 section 5.3.1; the numbers are those of the standard (7 is not used there).
enum class reason : unsigned {
  unspecified,
  key_compromise,
  ca_compromise,
  affiliation_changed,
  superseded,
  cessation_of_operation,
  certificate_hold,
  remove_from_crl = 8,
  privilege_withdrawn,
  aa_compromise
};

std::string_view name_of(evidence);              ///< "CRL", "OCSP"
std::string_view name_of(state);                 ///< "GOOD", "REVOKED", "ON_HOLD", "UNKNOWN"
std::string_view name_of(reason);                ///< "keyCompromise", as the standard writes it
std::optional<reason> reason_of(unsigned code);  ///< empty for a number that the standard does not have

/// A decided status with everything needed to judge how far to believe it.
struct finding {
  evidence by = evidence::crl;
  state what = state::unknown;
  std::optional<time_point> revoked_at;  ///< set for revoked and on_hold
  std::optional<reason> why;
  time_point this_update{};
  std::optional<time_point> next_update;
  std::string source;                       ///< address or file that the evidence came from; may be empty
  std::optional<time_point> invalid_since;  ///< invalidityDate: the key is suspect from here on, earlier than `revoked_at`
  bool in_grace = false;                    ///< the evidence is out of date, and a configured grace accepted it
  bool responder_unchecked = false;         ///< OCSP: nobody tells whether the responder's own certificate was revoked, and one should ask
  bool nonce_missing = false;               ///< a nonce was sent and not answered (lenient rules)
};

/// Does the finding stand against a signature made at that proven moment? True from `revoked_at` on (or `invalid_since`, when that is
/// earlier), on hold included; false for `good` and `unknown`, which the caller has to tell apart by `what`.
bool stands_against(const finding&, time_point signed_at);

/// Does the finding about a time-stamping authority, or one above it, stand against a token of that moment? As `stands_against`; and a
/// revocation for a reason that RFC 3161 section 4 does not name as harmless, or for none, stands against every token of the key.
bool stands_against_token(const finding&, time_point gen_time);

/// One for each certificate of a chain, leaf first, without the anchor: the finding, or the problem that left it undecided.
using chain_status = std::vector<result<finding>>;

}  // namespace shep::revocation
