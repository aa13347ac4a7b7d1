#pragma once

#include "core/bytes.hpp"
#include "core/ids.hpp"
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
};

/// Signs a SOAP message by WS-Security: exclusive C14N, one Reference to the Body by wsu:Id, wsse:Security first in the header with
/// mustUnderstand="1". Octets outside the inserted parts stay as they are; header and id are added where missing. A security header that
/// is already there is replaced, and so is a signature directly in the header. UTF-8 only. Errors: XML problems, soap_structure,
/// signing_failed.
result<std::string> sign_message(shared_bytes message, const crypto::identity&, const message_signing&, ids&, const xml::limits& = {});

/// A message of our own making: whoever wrote it knows where things stand and what its Body is in canonical form.
struct rendered_message {
  std::string text;            ///< with an empty soap:Header
  std::size_t header_content;  ///< offset of the place inside the Header
  std::string soap_prefix;
  std::string body_id;         ///< wsu:Id of the Body
  std::string canonical_body;  ///< exclusive canonical form of the Body as it stands in `text`
};

/// The same signature as sign_message without reading the message again.
result<std::string> sign_rendered(const rendered_message&, const crypto::identity&, transport_profile, ids&);

/// Signs a business document with an enveloped signature as last child of its root: inclusive C14N, enveloped-signature and
/// c14n#WithComments, KeyInfo/X509Data/X509Certificate (shep-protocol.md section 4.4). An earlier signature there is replaced.
result<std::string> sign_business(shared_bytes document, const crypto::identity&, const xml::limits& = {});

}  // namespace shep::eds
