#pragma once

#include "core/result.hpp"
#include "http/client.hpp"

#include <memory>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace shep::cli {

/// Whom a command that sends believes over https, and what it shows; curl's names where curl has one.
struct tls_options {
  std::vector<std::string> cacert;
  std::string cert, cert_password_file;
  bool insecure = false;

  void add_to(CLI::App& command);
  /// Null for a plain address. Error: a file that cannot be used.
  result<std::shared_ptr<const http::tls_client>> client(const http::url& to) const;
};

}  // namespace shep::cli
