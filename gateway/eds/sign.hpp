#pragma once

#include "core/ids.hpp"
#include "core/bytes.hpp"
#include "crypto/pkcs12.hpp"
#include "xml/limits.hpp"

#include <optional>
#include <string>

namespace shep::eds {

/// How a transport signature names its certificate (shep-protocol.md section 4.1).
enum class transport_profile { key_identifier, issuer_serial };

struct message_signing {
  transport_profile profile = transport_profile::issuer_serial;
  std::string body_id;  ///< wsu:Id to give the Body when it has none; empty: "id-" and 32 random hex digits
  /// For messages of our own making, whose Header is empty and whose Body has its id: offset of the Header's inside, which need not be
  /// searched then.
  std::optional<std::size_t> header_content;
};

/// Signs a SOAP message by WS-Security: exclusive C14N, one Reference to the Body by wsu:Id, wsse:Security first in the header with
/// mustUnderstand="1". Octets outside the inserted parts stay as they are; header and id are added where missing. A security header that
/// is already there is replaced, and so is a signature directly in the header. UTF-8 only. Errors: XML problems, soap_structure, signing_failed.
result<std::string> sign_message(shared_bytes message, const crypto::identity&, const message_signing&, ids&, const xml::limits& = {});

/// Signs a business document with an enveloped signature as last child of its root: inclusive C14N, enveloped-signature and
/// c14n#WithComments, KeyInfo/X509Data/X509Certificate (shep-protocol.md section 4.4). An earlier signature there is replaced.
result<std::string> sign_business(shared_bytes document, const crypto::identity&, const xml::limits& = {});

}  // namespace shep::eds
