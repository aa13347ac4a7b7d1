#pragma once

#include "crypto/certificate.hpp"
#include "crypto/key.hpp"

#include <optional>

namespace shep::crypto {

/// What a test certificate shall say (NCA profile, kz-eds.md section 4). Every certificate made here carries the test marker.
struct certificate_request {
  std::string common_name;
  std::string surname, given_name, organization, email;
  std::string iin, bin;
  std::string country = "KZ";
  bool is_ca = false;
  std::optional<int> path_length;
  key_usage_role role = key_usage_role::sign;
  std::vector<std::string> extended_key_usage;  ///< dotted OIDs added to emailProtection (sign) or clientAuth (auth)
  bool only_these_purposes = false;             ///< extended_key_usage stands alone: OCSP responders, time-stamping authorities
  bool critical_purposes = false;  ///< extended key usage is critical, as RFC 3161 section 2.3 wants of a time-stamping authority
  bool ocsp_no_check = false;      ///< id-pkix-ocsp-nocheck (RFC 6960 section 4.2.2.2.1): nobody asks whether a responder is revoked
  time_point not_before{}, not_after{};
  std::string serial;  ///< up to 20 octets, big-endian; empty: from the key identifier, as the NCA does
  std::string ocsp_url, ca_issuers_url, crl_url, delta_crl_url;  ///< written when given
};

struct issuer {
  crypto::certificate certificate;
  private_key key;
};

/// Self-signed by `signing_key` when `issuer` is null; otherwise the issuer's key signs and `signing_key` is not used. Any kind of key
/// may issue for any kind, with its usual signature (`usual_signature`).
/// The common name and the organization begin with "TEST": the word is put before them when it is missing.
/// Error problems::usage: an IIN or BIN that is not 12 digits, a serial number that is too long, a text that is not UTF-8, dates in the
/// wrong order.
result<certificate> issue(const certificate_request&, const public_key& subject, const issuer*, const private_key& signing_key);

}  // namespace shep::crypto
