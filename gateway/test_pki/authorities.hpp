#pragma once

#include "core/result.hpp"
#include "crypto/pkcs12.hpp"

#include <optional>
#include <string>
#include <vector>

namespace shep::test_pki {

/// The keys of one family's authorities.
struct family_keys {
  std::string prefix;  ///< "" or "gost2015/"
  crypto::identity root, issuing;
  std::optional<crypto::identity> ocsp, tsa;  ///< absent: the issuing authority answers for itself; there is no time-stamp authority
};

/// One authority, and who speaks for it.
struct authority {
  std::string name;  ///< "issuing", "gost2015/root"
  const crypto::identity& self;
  const crypto::identity& responder;  ///< signs OCSP answers
  const crypto::private_key& other;   ///< a key that has no business signing here
};

/// Reads authority/ and keys/ of every family in the folder. Errors: pki_folder, environment, pkcs12_password, pkcs12_format.
result<std::vector<family_keys>> load_authorities(const std::string& folder);

/// Both authorities of each family; they borrow from `keys`.
std::vector<authority> authorities_of(const std::vector<family_keys>& keys);

}  // namespace shep::test_pki
