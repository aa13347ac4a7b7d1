#pragma once

#include "cli/verifier.hpp"
#include "core/clock.hpp"
#include "core/result.hpp"

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace shep::cli {

/// What a verifying command trusts, when it judges, and whom it asks about revocation.
struct trust_options {
  std::vector<std::string> trusted;
  std::vector<std::string> certificates;
  std::string at;
  bool compat = false;
  bool gost2015_256 = false;
  std::string revocation = "none";
  std::vector<std::string> crl_files, ocsp_urls, crl_urls, allowed_hosts;

  void add_to(CLI::App& command);

  /// Everything a verifier needs but what belongs to one kind of document. Several problems at once: the first.
  result<verifier::parts> parts() const;
  result<time_point> moment() const;
};

}  // namespace shep::cli
