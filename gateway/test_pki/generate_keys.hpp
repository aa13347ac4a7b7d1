#pragma once

#include "crypto/key.hpp"

#include <vector>

namespace shep::test_pki {

/// One key for each modulus size (ignored for curves), in that order, made on all processors at once: RSA takes its time.
/// Error: crypto_key.
result<std::vector<crypto::private_key>> generate_keys(crypto::key_kind, const std::vector<unsigned>& bits);

}  // namespace shep::test_pki
