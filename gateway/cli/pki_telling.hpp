#pragma once

#include "core/result.hpp"
#include "test_pki/behaviour.hpp"
#include "test_pki/inventory.hpp"

#include <string>

namespace CLI {
class App;
}

/// What `pki revoke` and `pki status --set` have in common: words that become a state of a certificate.
namespace shep::cli {

struct telling {
  std::string folder = "certs";
  std::string who;  ///< name or serial number
  std::string state, at, reason;
  int delay = 0;  ///< milliseconds; 0: not said

  void add_moment_and_reason(CLI::App&);
  void add_folder(CLI::App&);
  result<test_pki::told> words() const;  ///< error: usage
};

/// The certificate meant, or a problem (usage) that names the nearest.
result<test_pki::issued> chosen_certificate(const std::string& folder, const std::string& who);

}  // namespace shep::cli
