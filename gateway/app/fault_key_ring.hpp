#pragma once

#include "pipeline/fault_keys.hpp"

#include <map>
#include <mutex>
#include <string>

namespace shep::app {

/// The keys of a test PKI's members that somebody would sign a wrong answer with: expired, stranger, and whoever the status file calls
/// revoked at the moment of asking. Keys are read when first asked for, and kept. Any thread.
class fault_key_ring final : public pipeline::fault_keys {
 public:
  explicit fault_key_ring(std::string pki_folder) : folder_(std::move(pki_folder)) {}
  result<std::shared_ptr<const crypto::identity>> signer_for(faults::kind, const crypto::identity& usual) const override;

 private:
  using identity = std::shared_ptr<const crypto::identity>;
  result<identity> member(const std::string& name) const;
  result<identity> revoked_member() const;
  result<identity> with_wrong_key(const crypto::identity& usual) const;

  std::string folder_;
  mutable std::mutex guard_;
  mutable std::map<std::string, identity, std::less<>> read_;
};

}  // namespace shep::app
