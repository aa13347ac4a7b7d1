#pragma once

#include "core/bytes.hpp"
#include "core/result.hpp"

#include <string>

namespace CLI {
class App;
}

namespace shep::cli {

/// Key and profile of a command that signs.
struct signing_options {
  std::string key;
  std::string password_file;
  std::string profile = "wsse";
  std::string body_id;

  void add_to(CLI::App& command, bool key_required);
  result<std::string> sign(shared_bytes) const;
};

}  // namespace shep::cli
