#pragma once

#include "core/clock.hpp"
#include "core/result.hpp"
#include "revocation/finding.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What the responders of a test PKI do on command. Plain values and their words.
namespace shep::test_pki {

/// good to unknown are true statements about a certificate; the others are ways to misbehave when asked.
enum class behaviour {
  good,
  revoked,
  on_hold,
  unknown,       ///< OCSP: the responder does not know the certificate
  try_later,     ///< OCSP tryLater; lists: HTTP 503; time stamps: rejected with timeNotAvailable
  slow,          ///< the right answer, late
  malformed,     ///< octets that are no answer
  wrong_signer,  ///< the right answer, signed by another key than the certificate's it names
  stale,         ///< the right answer of a month ago, which ended a day later
};

std::string_view name_of(behaviour);  ///< "on_hold": the word in files, commands and JSON
std::optional<behaviour> behaviour_by_name(std::string_view);
std::vector<std::string> behaviour_names();

inline constexpr std::chrono::milliseconds default_delay{5'000};
inline constexpr std::chrono::milliseconds longest_delay{300'000};

/// What one certificate, or one responder, is told to do.
struct told {
  behaviour what = behaviour::good;
  std::optional<time_point> since;                 ///< revoked and on_hold: from then on; good until then
  std::optional<revocation::reason> why;           ///< revoked only
  std::optional<std::chrono::milliseconds> delay;  ///< slow only
  time_point changed{};                            ///< when somebody said so; filled in by whoever stores it
};

/// The services that can be told to misbehave as a whole.
enum class responder { ocsp, crl, tsp };
std::string_view name_of(responder);
std::optional<responder> responder_by_name(std::string_view);

/// Do the parts fit together? Fills in what is not said: `since` (now) and `delay` (default_delay). Errors: pki_status, with the part in
/// `where`: "reason", "at", "delay".
result<told> complete(told, time_point now);

/// The same for a responder as a whole, which cannot be revoked, on hold or unknown.
result<told> complete_for_responder(told, time_point now);

/// "keyCompromise" → the reason. Empty for other words, and for those that no revocation gives (certificateHold, removeFromCRL).
std::optional<revocation::reason> reason_by_name(std::string_view);
std::vector<std::string> reason_names();

}  // namespace shep::test_pki
