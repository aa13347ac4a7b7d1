#pragma once

#include "crypto/certificate.hpp"
#include "crypto/key.hpp"

#include <cstdint>

namespace shep::crypto {

/// A private key with its certificate (and the chain that came along): what a signer needs. RFC 7292.
struct identity {
  private_key key;
  crypto::certificate certificate;
  std::vector<crypto::certificate> others;
  std::string alias = {};  ///< friendlyName of the key, else its localKeyID in hex; empty when the container names neither
};

/// How many rounds of key derivation one container, all its parts together, or all containers of one request may cost.
inline constexpr std::int64_t most_iterations = 1 << 20;

/// Errors: pkcs12_password, pkcs12_format (also: no key, several keys, more than 2^20 iterations in all, larger than 1 MiB).
result<identity> read_pkcs12(std::string_view der, std::string_view password);
/// The same for one of several containers: their rounds are taken from one account, which begins with `most_iterations`.
result<identity> read_pkcs12(std::string_view der, std::string_view password, std::int64_t& iterations_left);
result<std::string> write_pkcs12(const identity&, std::string_view password, std::string_view alias);

}  // namespace shep::crypto
