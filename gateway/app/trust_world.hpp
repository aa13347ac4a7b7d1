#pragma once

#include "app/collector.hpp"
#include "config/settings.hpp"
#include "crypto/trust.hpp"
#include "eds/policy.hpp"
#include "pipeline/revocation_source.hpp"

#include <memory>
#include <string>
#include <vector>

namespace shep::app {

/// Whom the gateway believes, by what rules, and who knows of revocations: [trust] with every file it names read.
struct trust_world {
  std::shared_ptr<const crypto::trust_store> store;
  eds::policy rules;                                              ///< without detail
  std::shared_ptr<const pipeline::revocation_source> revocation;  ///< null when nothing is looked up
  std::vector<problem> problems;
};
trust_world build_trust(const config::settings&);

/// Every certificate of files and folders; relative paths are relative to `root`. `setting` names them in problems.
std::vector<crypto::certificate> load_all(const std::string& root, const std::vector<std::string>& paths, const std::string& setting,
                                          collector&);

}  // namespace shep::app
