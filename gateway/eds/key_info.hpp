#pragma once

#include "eds/signature.hpp"

namespace shep::eds {

/// Reads ds:KeyInfo in the layouts of shep-protocol.md section 4.1: KeyIdentifier X509v3 (A), X509IssuerSerial (B),
/// X509Certificate (C, inner signatures), and wsse:Reference to a BinarySecurityToken. A key without certificate, RetrievalMethod,
/// several certificates or anything else is refused (S35, S42, S43).
result<key_info> read_key_info(xml::element);

}  // namespace shep::eds
