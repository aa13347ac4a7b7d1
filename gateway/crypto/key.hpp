#pragma once

#include "core/result.hpp"
#include "crypto/algorithm.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace shep::crypto {

/// A public key. Immutable; copies share; any thread (per-thread contexts inside).
class public_key {
 public:
  /// SubjectPublicKeyInfo, RFC 5280 section 4.1.2.7. Any kind of key is read; whether it can be used is told by `verify`.
  /// Error problems::crypto_key: not such a structure.
  static result<public_key> from_spki(std::string_view der);

  key_kind kind() const;
  unsigned bits() const;            ///< RSA modulus or curve size
  const std::string& spki() const;  ///< DER

  /// Does `signature` (as it stands on the wire: PKCS#1 v1.5, or r_LE || s_LE) match the octets? Error problems::crypto_signature when not,
  /// problems::crypto_key when the key does not fit the algorithm, its size is outside 2048..8192 bits (RSA), its parameters are not the
  /// Kazakh ones or its point is not on the curve (GOST; security catalogue S32, S44, S45).
  result<void> verify(signature_algorithm, std::string_view octets, std::string_view signature) const;
  /// The same for a digest that was made elsewhere; one of another length is problems::crypto_signature.
  result<void> verify_digest(signature_algorithm, std::string_view digest, std::string_view signature) const;

 private:
  result<void> admit(signature_algorithm, std::string_view signature) const;

  struct data;
  explicit public_key(std::shared_ptr<const data>);
  std::shared_ptr<const data> data_;
};

/// A private key; memory is cleansed when the last copy goes. Immutable; any thread.
class private_key {
 public:
  /// PrivateKeyInfo; GOST keys in either Kazakh encoding of the number (kz-eds.md section 0), whichever the kind. Error
  /// problems::crypto_key: another structure or kind, a size, exponent or number outside the limits, halves that do not match.
  static result<private_key> from_pkcs8(std::string_view der);
  static result<private_key> generate(key_kind, unsigned bits = 2048);  ///< RSA bits; ignored for curves

  key_kind kind() const;
  std::string pkcs8() const;  ///< as the NCA writes it; the caller cleanses it: `cleanse`
  crypto::public_key public_key() const;
  result<std::string> sign(signature_algorithm, std::string_view octets) const;

 private:
  struct data;
  explicit private_key(std::shared_ptr<const data>);
  std::shared_ptr<const data> data_;
};

/// Overwrites secret octets in a way that the compiler keeps, and empties the string.
void cleanse(std::string& secret);

}  // namespace shep::crypto
