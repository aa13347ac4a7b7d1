#pragma once

#include "eds/envelope.hpp"
#include "eds/signature.hpp"

namespace shep::eds {

/// Where the one transport signature of a message stands.
struct transport_place {
  xml::element signature;
  bool legacy = false;  ///< profile C: directly in soap:Header
};

/// Exactly one ds:Signature in wsse:Security, or directly in the header; at most one wsu:Timestamp. Errors: signature_missing, which tells
/// of a signature at a wrong place (shep-protocol.md section 6); signature_constraints.
result<transport_place> locate_transport_signature(const envelope&);

/// A wsse:Reference names a BinarySecurityToken of the same security header, by an id that exactly one element of the message carries.
/// Returns the key with its certificate. Errors: signing_certificate_missing, signature_constraints, signature_format.
result<key_info> resolve_token(const key_info&, const envelope&);

}  // namespace shep::eds
