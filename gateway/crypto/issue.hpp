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
  time_point not_before{}, not_after{};
  std::string serial;                           ///< up to 20 octets, big-endian; empty: from the key identifier
};

/// Self-signed when `issuer` is empty. The issuer's key signs; RSA with SHA-256.
struct issuer {
  crypto::certificate certificate;
  private_key key;
};
result<certificate> issue(const certificate_request&, const public_key& subject, const issuer*, const private_key& signing_key);

}  // namespace shep::crypto
