#pragma once

#include "crypto/pkcs12.hpp"
#include "eds/algorithms.hpp"
#include "eds/sign.hpp"

#include <string>

/// The text of the signatures we make. SignedInfo is written in canonical form but for its namespace declaration, so that signing needs
/// no second parse where exclusive canonicalization applies.
namespace shep::eds {

/// Inner octets of ds:SignedInfo for one Reference with exclusive C14N, and the canonical octets that are signed.
struct signed_info_text {
  std::string in_message;
  std::string canonical;
};
signed_info_text write_exclusive_signed_info(const signing_methods&, std::string_view body_id, std::string_view digest);

/// wsse:Security with the finished signature.
std::string write_security(std::string_view soap_prefix, const signed_info_text&, std::string_view signature_value,
                           const crypto::certificate&, transport_profile, std::string_view unique);

/// What the signature of a business document names.
struct business_reference {
  std::string_view id;  ///< empty: the whole document
  bool enveloped;       ///< the signature stands inside of what it covers
};

/// ds:Signature of a business document; `signature_value` empty for the first pass, when only SignedInfo is wanted.
std::string write_business_signature(const signing_methods&, const business_reference&, std::string_view digest,
                                     std::string_view signature_value, const crypto::certificate&);

}  // namespace shep::eds
