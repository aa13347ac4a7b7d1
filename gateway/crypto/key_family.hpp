#pragma once

#include "core/result.hpp"
#include "crypto/algorithm.hpp"

#include <memory>
#include <string>
#include <string_view>

/// What one family of keys can do behind public_key and private_key. Inside module crypto only. Implementations are immutable to their
/// callers and safe from any thread; the algorithm they are called with always belongs to their kind of key.
namespace shep::crypto {

class verifier {
 public:
  virtual ~verifier() = default;
  /// What can be refused before anything is computed: the key itself, a signature value of the wrong length.
  virtual result<void> admit(signature_algorithm, std::string_view signature) const = 0;
  /// After `admit`.
  virtual result<void> verify(signature_algorithm, std::string_view digest, std::string_view signature) const = 0;
};

class signer {
 public:
  virtual ~signer() = default;
  virtual result<std::string> sign(signature_algorithm, std::string_view octets) const = 0;
  virtual std::string pkcs8() const = 0;
  virtual std::string spki() const = 0;
};

struct public_half {
  unsigned bits;
  std::unique_ptr<const verifier> operations;
};

namespace rsa {

/// `key` is the RSAPublicKey inside the SubjectPublicKeyInfo `spki`. A key outside the limits of S44 is read, and refused at each `verify`.
result<public_half> read_public(std::string_view spki, std::string_view key);

result<std::unique_ptr<const signer>> read_private(std::string_view pkcs8);
result<std::unique_ptr<const signer>> generate(unsigned bits);

}  // namespace rsa

/// The three kinds of GOST keys in their Kazakh form (kz-eds.md section 0).
namespace kazakh {

/// `parameters` is what follows the identifier inside the key's AlgorithmIdentifier, `key` the content of the BIT STRING. Parameters of
/// another kind and points that are off the curve are read, and refused at each `verify`.
result<public_half> read_public(key_kind, std::string_view parameters, std::string_view key);

result<std::unique_ptr<const signer>> read_private(key_kind, std::string_view pkcs8);
result<std::unique_ptr<const signer>> generate(key_kind);

}  // namespace kazakh
}  // namespace shep::crypto
