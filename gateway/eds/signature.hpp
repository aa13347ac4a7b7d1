#pragma once

#include "core/result.hpp"
#include "eds/algorithms.hpp"
#include "xml/c14n.hpp"
#include "xml/element.hpp"

#include <optional>
#include <string>
#include <vector>

namespace shep::eds {

inline constexpr xml::name signature_name{xml::ns::ds, "Signature"};

/// Canonicalization as a signature asks for it.
struct canonicalization {
  c14n_method method{};
  std::vector<std::string> inclusive_prefixes;
};

/// ds:Reference, read strictly. Digest octets decoded.
struct reference {
  xml::element node;
  std::string uri;
  bool enveloped = false;                     ///< enveloped-signature transform present
  std::optional<canonicalization> canonical;  ///< the canonicalization transform, if any
  std::vector<std::string> transforms;        ///< identifiers, in order
  digest_method digest{};
  std::string digest_value;
};

/// Where the signature says its key is.
struct key_info {
  enum class kind { none, certificate, issuer_serial, token_reference } form = kind::none;
  std::vector<std::string> certificates;    ///< certificate: DER, at most 8; the signer's is found among them
  std::string issuer_name, serial_decimal;  ///< issuer_serial
  std::string token_uri;                    ///< token_reference: "#id" of a BinarySecurityToken
  std::string wire_name;                    ///< how it stood in the message: "KeyIdentifier X509v3", "X509IssuerSerial", …
};

/// ds:Signature after its structure was checked against the schema of XML Signature (section 4) and our allow-lists.
struct signature {
  xml::element node;
  xml::element signed_info;
  canonicalization canonical;
  signature_method method{};
  std::vector<reference> references;
  std::string value;
  key_info key;
};

/// Reads ds:Signature. Errors: signature_format (structure: S36, S37), signature_constraints (algorithms and transforms outside the
/// allow-lists, Object, Manifest, RetrievalMethod, too many references: S30–S35, S40–S43). `where` is an XPath.
result<signature> read_signature(xml::element);

}  // namespace shep::eds
