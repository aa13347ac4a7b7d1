#include "crypto/certificate.hpp"

#include <algorithm>
#include <array>

namespace shep::crypto {
namespace {

struct user_row {
  std::string_view oid;
  std::string_view name;
};

/// kz-eds.md section 4; the names are the ones NCANode answers with.
constexpr std::array users{
    user_row{"1.2.398.3.3.4.1.1", "INDIVIDUAL"},
    user_row{"1.2.398.3.3.4.1.1.1", "INDIVIDUAL_DIGITAL_SYSTEM"},
    user_row{"1.2.398.3.3.4.1.2", "ORGANIZATION"},
    user_row{"1.2.398.3.3.4.1.2.1", "CEO"},
    user_row{"1.2.398.3.3.4.1.2.2", "CAN_SIGN"},
    user_row{"1.2.398.3.3.4.1.2.3", "CAN_SIGN_FINANCIAL"},
    user_row{"1.2.398.3.3.4.1.2.4", "HR"},
    user_row{"1.2.398.3.3.4.1.2.5", "EMPLOYEE"},
    user_row{"1.2.398.3.3.4.1.2.6", "ORGANIZATION_DIGITAL_SYSTEM"},
    user_row{"1.2.398.3.3.4.2", "NCA_PRIVILEGES"},
    user_row{"1.2.398.3.3.4.2.1", "NCA_ADMIN"},
    user_row{"1.2.398.3.3.4.2.2", "NCA_MANAGER"},
    user_row{"1.2.398.3.3.4.2.3", "NCA_OPERATOR"},
    user_row{"1.2.398.3.3.4.3", "IDENTIFICATION"},
    user_row{"1.2.398.3.3.4.3.1", "IDENTIFICATION_CON"},
    user_row{"1.2.398.3.3.4.3.2", "IDENTIFICATION_REMOTE"},
    user_row{"1.2.398.3.3.4.3.2.1", "IDENTIFICATION_REMOTE_DIGITAL_ID"},
};

}  // namespace

bool is_key_user(std::string_view name) {
  return std::any_of(users.begin(), users.end(), [&](const user_row& u) { return u.name == name; });
}

key_usage_role certificate::role() const {
  const fields& f = info();
  if (f.digital_signature && f.non_repudiation) return key_usage_role::sign;
  if (f.digital_signature && f.key_encipherment) return key_usage_role::auth;
  return key_usage_role::unknown;
}

std::vector<std::string> certificate::key_user() const {
  std::vector<std::string> names;
  for (const std::string& oid : info().extended_key_usage) {
    const auto row = std::find_if(users.begin(), users.end(), [&](const user_row& u) { return u.oid == oid; });
    if (row != users.end()) names.emplace_back(row->name);
  }
  return names;
}

}  // namespace shep::crypto
