#pragma once

#include "core/problem.hpp"

/// Why a request to the NCANode-shaped service is not answered with 200. `status_of` (answer.hpp) turns codes into statuses.
namespace shep::problems {
inline constexpr problem_code ncanode_json{"ncanode.json", "the request body is not acceptable JSON"};
inline constexpr problem_code ncanode_field{"ncanode.field", "a field of the request is missing or wrong"};
inline constexpr problem_code ncanode_media_type{"ncanode.media_type", "the request body must be application/json"};
inline constexpr problem_code ncanode_key{"ncanode.key", "a key of the request cannot be used"};
inline constexpr problem_code ncanode_document{"ncanode.document", "the document of the request cannot be read or signed"};
inline constexpr problem_code ncanode_not_found{"ncanode.not_found", "there is no such endpoint"};
inline constexpr problem_code ncanode_method{"ncanode.method", "this method is not offered here"};
inline constexpr problem_code ncanode_not_offered{"ncanode.not_offered", "NCANode has this endpoint, this program does not"};
inline constexpr problem_code ncanode_host{"ncanode.host", "the Host or Origin of the request is not one of ours"};
inline constexpr problem_code ncanode_no_authority{"ncanode.no_time_stamps", "time stamps are not configured here"};
inline constexpr problem_code ncanode_time_stamp{"ncanode.time_stamp", "no time stamp could be had"};
}  // namespace shep::problems
