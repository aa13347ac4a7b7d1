#pragma once

#include "eds/verify.hpp"

#include <optional>
#include <string>

namespace shep::eds {

/// Whom signed data name: the number that the signer's certificate has to carry. Empty: not asked.
struct named_person {
  std::optional<std::string> iin{}, bin{};
};

/// Is one of the signers whom the rules ask for, and the person the data name? The same signer must satisfy everything; others may sign
/// beside him. What stands against it becomes a finding, and the report CHAIN_CONSTRAINTS_FAILURE.
/// Errors: signing_certificate_usage, signing_certificate_role, signing_certificate_policy, signing_certificate_identity (also: what the
/// data name is no number of twelve digits; security catalogue C11).
result<void> check_signers(report&, const std::vector<signatory>&, const certificate_rules&, const named_person&);

}  // namespace shep::eds
