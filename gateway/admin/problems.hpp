#pragma once

#include "core/problem.hpp"

namespace shep::problems {
inline constexpr problem_code admin_not_found{"admin.not_found", "there is no such thing"};
inline constexpr problem_code admin_method{"admin.method", "this method is not offered here"};
inline constexpr problem_code admin_unauthorized{"admin.unauthorized", "the admin API asks for a bearer token"};
inline constexpr problem_code admin_host{"admin.host", "the Host or Origin of the request is not one of ours"};
inline constexpr problem_code admin_value{"admin.value", "a field of the request to the admin API cannot be used"};
inline constexpr problem_code admin_request{"admin.request", "the request to the admin API cannot be understood"};
}  // namespace shep::problems
