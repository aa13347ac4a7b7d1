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
  std::vector<crypto::certificate> certificates;  ///< when given, one of these must have signed
  bool faults = false;                            ///< a test sender, which may ask for faults by X-Shepsim-Fault
};

/// Who may call what. Immutable after construction; any thread.
class sender_registry {
 public:
  /// Error: problems::usage for an id given twice.
  static result<sender_registry> create(std::vector<sender>);

  /// Known, right password (compared in constant time), allowed to call the service, signed by a certificate of its own.
  /// Errors: unknown_sender, wrong_password, no_right.
  result<void> admit(std::string_view sender_id, std::string_view password, std::string_view service_id,
                     const std::optional<crypto::certificate>& signer) const;

  bool may_ask_faults(std::string_view sender_id) const;

  std::vector<std::string> ids() const;

 private:
  std::map<std::string, sender, std::less<>> by_id_;
};

}  // namespace shep::routing
