#pragma once

#include "core/problem.hpp"

namespace shep::problems {
inline constexpr problem_code message_format{"protocol.message_format", "the message does not follow the format of the channel"};
inline constexpr problem_code version_mismatch{"protocol.version_mismatch", "only SOAP 1.1 is accepted"};
inline constexpr problem_code must_understand{"protocol.must_understand", "a header that must be understood is not known"};
inline constexpr problem_code business_data_format{"protocol.business_data_format", "the business data is not a well-formed document"};
}  // namespace shep::problems
