#pragma once

#include "crypto/certificate.hpp"
#include "eds/signature.hpp"
#include "forensics/budget.hpp"
#include "forensics/octet_search.hpp"

namespace shep::forensics {

/// A SignatureValue that does not match.
struct failed_signature {
  const eds::signature& parsed;
  crypto::certificate named;                ///< by KeyInfo
  std::vector<crypto::certificate> others;  ///< at hand: in the message, configured
  std::vector<subject> signed_parts;        ///< what the references name
  std::vector<std::string> computed;        ///< digests of them, octets; empty ones where there is none. As many as references
};

/// The mistakes under which the signature holds; empty: none found.
steps find_signature_mistake(const subject& signed_info, const failed_signature&, budget&);

}  // namespace shep::forensics
