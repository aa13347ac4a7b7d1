#pragma once

#include "crypto/algorithm.hpp"

#include <optional>
#include <string_view>

/// Algorithm identifiers as they stand on the wire (kz-eds.md section 3). An allow-list by exact string: what is not here does not
/// exist for us (security catalogue S30, S31, S33). A new algorithm is one row and its primitive in crypto.
namespace shep::eds {

struct signature_method {
  std::string_view uri;
  crypto::signature_algorithm algorithm;
  bool weak = false;      ///< accepted only when the policy says `compat`, and always reported
  bool inferred = false;  ///< known by symmetry only: accepted only when the policy says `gost2015_256`
};
struct digest_method {
  std::string_view uri;
  crypto::digest_algorithm algorithm;
  bool weak = false;
  bool inferred = false;
};
struct c14n_method {
  std::string_view uri;
  bool exclusive;
  bool with_comments;
};

namespace uri {
inline constexpr std::string_view gost2015_512 = "urn:ietf:params:xml:ns:pkigovkz:xmlsec:algorithms:gostr34102015-gostr34112015-512";
inline constexpr std::string_view gost2015_256 = "urn:ietf:params:xml:ns:pkigovkz:xmlsec:algorithms:gostr34102015-gostr34112015-256";
inline constexpr std::string_view gost2004 = "http://www.w3.org/2001/04/xmldsig-more#gost34310-gost34311";
inline constexpr std::string_view streebog512 = "urn:ietf:params:xml:ns:pkigovkz:xmlsec:algorithms:gostr34112015-512";
inline constexpr std::string_view streebog256 = "urn:ietf:params:xml:ns:pkigovkz:xmlsec:algorithms:gostr34112015-256";
inline constexpr std::string_view gost34311 = "http://www.w3.org/2001/04/xmldsig-more#gost34311";
inline constexpr std::string_view rsa_sha256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";
inline constexpr std::string_view sha256 = "http://www.w3.org/2001/04/xmlenc#sha256";
inline constexpr std::string_view c14n = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315";
inline constexpr std::string_view c14n_with_comments = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315#WithComments";
inline constexpr std::string_view exc_c14n = "http://www.w3.org/2001/10/xml-exc-c14n#";
inline constexpr std::string_view exc_c14n_with_comments = "http://www.w3.org/2001/10/xml-exc-c14n#WithComments";
inline constexpr std::string_view enveloped_signature = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";
inline constexpr std::string_view base64_binary =
    "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-soap-message-security-1.0#Base64Binary";
inline constexpr std::string_view x509v3 = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-x509-token-profile-1.0#X509v3";
}  // namespace uri

std::optional<signature_method> find_signature_method(std::string_view uri);
std::optional<digest_method> find_digest_method(std::string_view uri);
std::optional<c14n_method> find_c14n_method(std::string_view uri);

/// The pair of identifiers we write for a key kind. Empty for a kind that signs nothing here.
struct signing_methods {
  signature_method signature;
  digest_method digest;
};
std::optional<signing_methods> methods_for(crypto::key_kind);

}  // namespace shep::eds
