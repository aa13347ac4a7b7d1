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
  virtual result<void> verify(signature_algorithm, std::string_view octets, std::string_view signature) const = 0;
};

class signer {
 public:
  virtual ~signer() = default;
  virtual result<std::string> sign(signature_algorithm, std::string_view octets) const = 0;
  virtual std::string pkcs8() const = 0;
  virtual std::string spki() const = 0;
};

namespace rsa {

struct public_half {
  unsigned bits;
  std::unique_ptr<const verifier> operations;
};

/// `key` is the RSAPublicKey inside the SubjectPublicKeyInfo `spki`. A key outside the limits of S44 is read, and refused at each `verify`.
result<public_half> read_public(std::string_view spki, std::string_view key);

result<std::unique_ptr<const signer>> read_private(std::string_view pkcs8);
result<std::unique_ptr<const signer>> generate(unsigned bits);

}  // namespace rsa
}  // namespace shep::crypto
