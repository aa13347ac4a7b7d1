#pragma once

#include "core/bytes.hpp"
#include "core/result.hpp"
#include "crypto/pkcs12.hpp"

#include <memory>
#include <string>
#include <vector>

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

  /// `profiles`: the profiles that the command offers, the first being the default.
  void add_to(CLI::App& command, bool key_required, const std::vector<std::string>& profiles);
  result<std::shared_ptr<const crypto::identity>> identity() const;

  /// A signed message or document. Not for the profile cms, which has more to decide (sign.cpp).
  result<std::string> sign(shared_bytes) const;
};

}  // namespace shep::cli
