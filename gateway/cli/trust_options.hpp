#pragma once

#include "core/clock.hpp"
#include "core/result.hpp"
#include "crypto/trust.hpp"

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace shep::cli {

/// What a verifying command trusts, and when it judges.
struct trust_options {
  std::vector<std::string> trusted;
  std::vector<std::string> certificates;
  std::string at;
  bool compat = false;

  void add_to(CLI::App& command);
  result<crypto::trust_store> store() const;
  result<time_point> moment() const;
};

}  // namespace shep::cli
