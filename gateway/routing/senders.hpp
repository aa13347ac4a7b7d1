#pragma once

#include "core/result.hpp"
#include "crypto/certificate.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace shep::routing {

/// A participant that may call through the gateway.
struct sender {
  std::string id;
  std::optional<std::string> password;            ///< not set: none is checked
  std::vector<std::string> services;              ///< serviceIds, or "*"
  std::vector<std::string> channels = {"*"};      ///< "sync", "async", or "*"
  std::vector<crypto::certificate> certificates;  ///< when given, one of these must have signed
  std::string iin, bin;                           ///< when given, the signing certificate carries this number (C11)
  bool faults = false;                            ///< a test sender, which may ask for faults by X-Shepsim-Fault
};

/// What a request says of its sender and where it wants to go.
struct asking {
  std::string_view sender_id, password, service_id;
  std::string_view channel = "sync";
};

/// Who may call what. Immutable after construction; any thread.
class sender_registry {
 public:
  /// Error: problems::usage for an id given twice.
  static result<sender_registry> create(std::vector<sender>);

  /// Known, right password (compared in constant time), allowed on the channel and to call the service, signed by a certificate of its own
  /// that names the person and organization configured. Errors: unknown_sender, wrong_password, no_right, sender_not_named.
  result<void> admit(const asking&, const std::optional<crypto::certificate>& signer) const;

  bool may_ask_faults(std::string_view sender_id) const;

  std::vector<std::string> ids() const;

 private:
  std::map<std::string, sender, std::less<>> by_id_;
};

}  // namespace shep::routing
