#pragma once

#include "crypto/pkcs12.hpp"
#include "revocation/crl.hpp"

namespace shep::revocation {

/// What a list shall say: for the test PKI, so that wrong things can be said too (dates in the wrong order, any base number).
struct crl_content {
  struct row {
    std::string serial;  ///< big-endian
    time_point revoked_at{};
    std::optional<reason> why{};  ///< nothing is written for an empty one
    std::optional<time_point> invalid_since{};
  };
  unsigned version = 2;  ///< 1: neither extensions nor reasons are written
  time_point this_update{};
  std::optional<time_point> next_update{};
  std::optional<std::uint64_t> number{};
  std::optional<std::uint64_t> base_number{};  ///< makes it a delta list
  crl::scope covers = crl::scope::everything;
  std::vector<std::string> distribution_points{};  ///< URIs of issuingDistributionPoint
  bool indirect = false;
  std::string more_extensions{};  ///< DER of whole Extensions, written as they stand
  std::vector<row> entries{};
};

/// DER, signed by `issuer.key` under the name and key identifier of `issuer.certificate`; that they belong together is not checked.
/// The signature algorithm is the one of the key's kind (RSA with SHA-256). Error: crypto_key.
result<std::string> write_crl(const crl_content&, const crypto::identity& issuer);

}  // namespace shep::revocation
