#pragma once

#include "crypto/trust.hpp"
#include "eds/report.hpp"
#include "eds/signature.hpp"
#include "xml/document.hpp"

#include <optional>
#include <vector>

namespace shep::forensics {

struct certificates_at_hand {
  std::optional<crypto::certificate> named;  ///< the one that the verifier took
  std::vector<crypto::certificate> others;   ///< in the message and configured; at most 64
};

certificates_at_hand find_certificates(const xml::document&, const eds::signature&, const eds::signature_report&,
                                       const crypto::trust_store&);

}  // namespace shep::forensics
