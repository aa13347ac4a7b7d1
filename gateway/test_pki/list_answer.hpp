#pragma once

#include "test_pki/responders.hpp"
#include "test_pki/view.hpp"

#include <map>

namespace shep::test_pki {

/// Revocation lists, made on demand and kept until something changes or they are half-way to their end. Used under the caller's lock.
class lists {
 public:
  /// DER of the authority's complete list, or of the delta list that says what changed since this day began (UTC). Error: crypto_key.
  result<std::string> get(const authority&, bool delta, const view&, time_point now, std::chrono::milliseconds lifetime);
  void forget() { kept_.clear(); }  ///< when states or certificates changed

 private:
  struct kept {
    std::string octets;
    time_point until;
  };
  std::map<std::pair<std::string, bool>, kept> kept_;
  std::uint64_t last_number_ = 0;
};

}  // namespace shep::test_pki
