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

/// What becomes of signatures that stand in the document already.
enum class earlier_signatures {
  replace,  ///< removed: the document has one signature, ours
  keep,     ///< kept and covered by the new one: several people sign one after the other (kz-eds.md section 3)
};

struct business_signing {
  earlier_signatures earlier = earlier_signatures::replace;
  std::string id{};  ///< sign only the element that carries this id; empty: the whole document
};

/// Signs a business document with a signature as last child of its root, KeyInfo/X509Data/X509Certificate. The whole document: enveloped,
/// inclusive C14N, enveloped-signature and c14n#WithComments (shep-protocol.md section 4.4). One element: Reference "#id", exclusive C14N
/// for SignedInfo, c14n#WithComments (kz-eds.md section 3). Every other octet stays as it is. Errors: XML problems, signing_failed.
result<std::string> sign_business(shared_bytes document, const crypto::identity&, const business_signing& = {}, const xml::limits& = {});

}  // namespace shep::eds
