#pragma once

#include "adapters/forwarding/endpoint.hpp"
#include "adapters/forwarding/fixtures.hpp"
#include "core/ids.hpp"
#include "crypto/trust.hpp"
#include "eds/policy.hpp"
#include "revocation/finding.hpp"
#include "xml/limits.hpp"

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace shep::forwarding {

/// What forwarding is done with. Immutable but for what it points at; any thread. `identifiers` outlives it.
struct grounds {
  std::map<std::string, std::shared_ptr<endpoint>, std::less<>> endpoints;  ///< by routing::route::name()
  std::shared_ptr<const crypto::trust_store> trust;
  eds::policy signatures;
  /// Who knows whether certificates were revoked; empty: nobody does.
  std::function<boost::asio::awaitable<revocation::chain_status>(std::vector<crypto::certificate>, revocation::mode, time_point)>
      revocation{};
  xml::limits limits;
  ids* identifiers = nullptr;
  std::string instance;                         ///< how this program calls itself in Shepsim-Hops
  std::shared_ptr<fixture_library> fixtures{};  ///< null: nothing is recorded, and nothing can be replayed
};

}  // namespace shep::forwarding
