#pragma once

#include "crypto/digest.hpp"

#include <string>
#include <string_view>

/// The MAC of a PKCS#12 container with SHA-1, made here so that tests can put anything inside.
namespace shep::crypto::pkcs12_mac {

inline std::string repeated_to_block(const std::string& s) {
  std::string block;
  while (block.size() < 64) block += s;
  return block.substr(0, 64);
}

/// RFC 7292 appendix B.2 for one block, which is all that a SHA-1 key needs; one iteration.
inline std::string key(std::string_view password, const std::string& salt) {
  std::string bmp;
  for (const char c : password) bmp += std::string(1, '\0') + c;
  bmp += std::string(2, '\0');
  return digest(digest_algorithm::sha1, std::string(64, '\3') + repeated_to_block(salt) + repeated_to_block(bmp));
}

inline std::string hmac_sha1(std::string k, const std::string& text) {
  k.resize(64, '\0');
  std::string inner = k;
  std::string outer = k;
  for (char& c : inner) c = static_cast<char>(c ^ 0x36);
  for (char& c : outer) c = static_cast<char>(c ^ 0x5C);
  return digest(digest_algorithm::sha1, outer + digest(digest_algorithm::sha1, inner + text));
}

}  // namespace shep::crypto::pkcs12_mac
