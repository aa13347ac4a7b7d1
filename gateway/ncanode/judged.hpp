#pragma once

#include "core/clock.hpp"
#include "crypto/certificate.hpp"
#include "crypto/trust.hpp"

#include <optional>
#include <string>
#include <vector>

namespace shep::ncanode {

/// What one source of revocation said about a certificate. Undecided is neither good nor revoked, and never valid.
struct revocation_answer {
  std::string by;  ///< "OCSP", "CRL"
  bool decided = false;
  bool revoked = false;
  std::optional<time_point> revoked_at;
  std::string reason;  ///< "OK", the reason of the revocation, or why nothing could be learned
};

/// A certificate and what holds for it: a chain to a configured anchor and the dates of all in it, then revocation where it was asked for.
struct judged_certificate {
  crypto::certificate certificate;
  time_point at{};                         ///< the moment it was judged for
  std::vector<crypto::certificate> chain;  ///< leaf first; empty when there is none
  bool weak = false;                       ///< something in the chain is signed by a weak algorithm that policy lets pass
  std::optional<problem> failure;          ///< why it is not valid, revocation aside
  std::vector<revocation_answer> revocations;

  bool valid() const;
};

/// Builds the chain at `at`. SHA-1 between certificates is refused also where weak algorithms are let in for the sake of GOST 2004.
judged_certificate judge_certificate(const crypto::certificate&, const crypto::trust_store&, time_point at);

}  // namespace shep::ncanode
