#pragma once

#include "crypto/certificate.hpp"
#include "crypto/key.hpp"

namespace shep::crypto {

/// A private key with its certificate (and the chain that came along): what a signer needs. RFC 7292.
struct identity {
  private_key key;
  crypto::certificate certificate;
  std::vector<crypto::certificate> others;
  std::string alias = {};  ///< friendlyName of the key, else its localKeyID in hex; empty when the container names neither
};

/// Errors: pkcs12_password, pkcs12_format (also: no key, several keys, more than 2^20 iterations, larger than 1 MiB).
result<identity> read_pkcs12(std::string_view der, std::string_view password);
result<std::string> write_pkcs12(const identity&, std::string_view password, std::string_view alias);

}  // namespace shep::crypto
