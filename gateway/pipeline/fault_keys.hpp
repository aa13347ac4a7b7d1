#pragma once

#include "crypto/pkcs12.hpp"
#include "faults/catalogue.hpp"

#include <memory>

namespace shep::pipeline {

/// Who signs when an answer is to be signed wrongly. Any thread; may read files.
class fault_keys {
 public:
  virtual ~fault_keys() = default;

  /// The signer for cert_expired, cert_revoked, cert_unknown_ca or wrong_key; `usual` is who would sign. Error: problems::fault_key, which
  /// says what is missing.
  virtual result<std::shared_ptr<const crypto::identity>> signer_for(faults::kind, const crypto::identity& usual) const = 0;
};

/// Does the fault sign with a key of its own?
inline bool needs_key(faults::kind k) {
  return k == faults::kind::cert_expired || k == faults::kind::cert_revoked || k == faults::kind::cert_unknown_ca ||
         k == faults::kind::wrong_key;
}

}  // namespace shep::pipeline
