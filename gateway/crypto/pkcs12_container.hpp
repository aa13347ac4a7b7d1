#pragma once

#include "core/result.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// The container format alone (RFC 7292), without looking into keys and certificates. Inside module crypto. Errors as in pkcs12.hpp.
namespace shep::crypto {

struct pkcs12_content {
  std::string key;  ///< PKCS#8 DER; to be cleansed
  std::vector<std::string> certificates;
  std::string alias;  ///< as in `identity`
};

/// Takes the rounds of every key derivation from `iterations_left` before it is run.
result<pkcs12_content> open_pkcs12(std::string_view der, std::string_view password, std::int64_t& iterations_left);

/// The first certificate belongs to the key.
result<std::string> make_pkcs12(std::string_view pkcs8, const std::vector<std::string>& certificates, std::string_view password,
                                std::string_view alias);

}  // namespace shep::crypto
