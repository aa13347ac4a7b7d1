#pragma once

#include "core/result.hpp"

#include <string>
#include <string_view>

namespace shep::mocks {

/// RSASSA-PKCS1-v1_5 with SHA-256 (RFC 7518 section 3.3, "RS256") for consent tokens. Keys belong to the implementation, which
/// module app supplies; safe from any thread.
class token_authority {
 public:
  virtual ~token_authority() = default;
  virtual result<std::string> sign(std::string_view octets) const = 0;                 ///< raw signature octets
  virtual bool verify(std::string_view octets, std::string_view signature) const = 0;  ///< false for anything but a true signature
  virtual std::string public_key() const = 0;                                          ///< base64 of SubjectPublicKeyInfo
};

}  // namespace shep::mocks
