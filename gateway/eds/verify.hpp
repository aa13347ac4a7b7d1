#pragma once

#include "crypto/trust.hpp"
#include "eds/report.hpp"
#include "eds/verified.hpp"
#include "xml/document.hpp"

#include <optional>

namespace shep::eds {

struct policy {
  bool compat = false;          ///< SHA-1 algorithms accepted (and reported as weak)
  bool keep_canonical = false;  ///< keep the canonical octets of each reference in the report
  /// Describe what passed too: paths, digests, certificates, coverage. A gateway that only needs the verdict leaves this out and asks
  /// again for what failed; verification is a pure function.
  bool detailed = true;
};

/// A verdict: the report always; the message only when everything holds; else the problem that counts.
struct verification {
  eds::report report;
  std::optional<verified> message;
  problem failure;
};

/// Verifies the transport signature of a SOAP message: WS-Security profiles A (KeyIdentifier), B (IssuerSerial, certificate from the
/// store), BinarySecurityToken, and C (legacy, ds:Signature directly in the header); shep-protocol.md section 4.1.
/// Believed only when exactly one signature stands at its place, every reference names one element, and the signed element is
/// /Envelope/Body (or the whole document in profile C). Pure function of its arguments; any thread. The document must outlive the result.
verification verify_message(const xml::document&, const crypto::trust_store&, const policy&, time_point at);

/// Verdict on the enveloped signature of a business document (shep-protocol.md section 4.4): ds:Signature as last child of its root.
/// For a payload that stands inline in an envelope the digest may have been made over the element where it stands or over the element
/// as a document of its own: both are tried, and the report's profile says which held.
struct business_verification {
  eds::report report;
  bool passed = false;
  problem failure;
  std::optional<crypto::certificate> signer;
};
business_verification verify_business(const xml::document&, const crypto::trust_store&, const policy&, time_point at);
business_verification verify_business(xml::element inline_payload, const crypto::trust_store&, const policy&, time_point at);

}  // namespace shep::eds
