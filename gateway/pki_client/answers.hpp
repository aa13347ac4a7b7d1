#pragma once

#include "crypto/certificate.hpp"
#include "crypto/lru.hpp"
#include "revocation/finding.hpp"

#include <chrono>
#include <mutex>
#include <optional>

namespace shep::pki {

/// OCSP findings that still count, by certificate and issuer. Bounded; any thread.
class answers {
 public:
  answers(std::size_t most, std::chrono::seconds keep)
      : keep_(keep), findings_(most == 0 ? 1 : most), enabled_(most > 0 && keep.count() > 0) {}

  /// Empty when there is none, it is older than `keep`, or `at` is outside thisUpdate..nextUpdate.
  std::optional<revocation::finding> find(const crypto::certificate&, const crypto::certificate& issuer, time_point at);
  void put(const crypto::certificate&, const crypto::certificate& issuer, const revocation::finding&);

 private:
  struct kept {
    revocation::finding what;
    std::chrono::steady_clock::time_point since;
  };
  std::chrono::seconds keep_;
  std::mutex mutex_;
  crypto::lru<kept> findings_;
  bool enabled_;
};

}  // namespace shep::pki
