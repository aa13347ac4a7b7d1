#pragma once

#include "core/clock.hpp"
#include "core/ids.hpp"
#include "core/result.hpp"
#include "mocks/engine/token_authority.hpp"

#include <chrono>
#include <string>
#include <string_view>

/// The consent token of KDP (shep-protocol.md section 5.3): a JWT (RFC 7519), RS256. The claims are this simulator's assumption.
namespace shep::mocks {

struct kdp_claims {
  std::string iin;          ///< sub: the person who consented
  std::string access_name;  ///< the serviceId the token opens
  std::string company_bin;
  time_point issued{};  ///< whole seconds
  time_point expires{};
  std::string id;  ///< jti
};

/// Compact serialization. Error: problems::token_signing.
result<std::string> write_kdp_token(const kdp_claims&, const token_authority&);

/// Refuses (problems::token_forged) whatever the authority did not sign in exactly this form; does not compare the claims with anything.
result<kdp_claims> read_kdp_token(std::string_view text, const token_authority&);

}  // namespace shep::mocks

namespace shep::problems {
inline constexpr problem_code token_forged{"mocks.token_forged", "the consent token was not issued here"};
}  // namespace shep::problems
