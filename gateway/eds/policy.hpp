#pragma once

#include "revocation/finding.hpp"

#include <string>
#include <vector>

namespace shep::eds {

/// Where the state of certificates is looked up. In no mode does not knowing it count as good.
using revocation_mode = revocation::mode;

/// What is asked of a signer's certificate beyond a trusted chain.
struct certificate_rules {
  std::vector<std::string> roles{};     ///< names as in crypto::certificate::key_user ("CEO"); one of them must be there; empty: any
  std::vector<std::string> policies{};  ///< dotted OIDs of certificatePolicies, or arcs above them; one of them; empty: any
  bool signing_key = true;              ///< a certificate made for logging in (AUTH) may not sign (security catalogue C04)
};

/// What a signature must satisfy to be believed. A plain value; equal policies give equal verdicts.
struct policy {
  bool compat = false;          ///< SHA-1 and the Kazakh algorithms of 2004 accepted (and reported as weak)
  bool keep_canonical = false;  ///< keep the canonical octets of each reference in the report
  /// Describe what passed too: paths, digests, certificates, coverage. A gateway that only needs the verdict leaves this out and asks
  /// again for what failed; verification is a pure function.
  bool detailed = true;
  bool gost2015_256 = false;  ///< GOST 34.10-2015 with 256 bits, whose identifiers are inferred, accepted
  revocation_mode revocation = revocation_mode::none;
  /// A certificate that was revoked later than a time stamp proves the signature to exist does not fail it (security catalogue C06).
  bool signed_before_revocation = false;
  certificate_rules rules{};
};

}  // namespace shep::eds
