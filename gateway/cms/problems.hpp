#pragma once

#include "core/problem.hpp"

/// What is wrong with a CMS or a time stamp as such; what is wrong with a signature has the codes of `eds/problems.hpp`.
namespace shep::problems {
inline constexpr problem_code cms_format{"cms.format", "the octets are not a CMS SignedData that is accepted here", exposure::code_only};
inline constexpr problem_code cms_content{"cms.content", "the signed content is missing, or is there twice", exposure::detail};
inline constexpr problem_code cms_attributes{"cms.attributes", "the signed attributes do not follow CMS", exposure::code_only};
inline constexpr problem_code time_stamp_format{"cms.time_stamp_format", "the octets are not a time-stamp message that is accepted here",
                                                exposure::code_only};
inline constexpr problem_code time_stamp_algorithm{"cms.time_stamp_algorithm", "the hash algorithm of the time-stamp request is not known"};
inline constexpr problem_code time_stamp_extension{"cms.time_stamp_extension", "the time-stamp request has extensions"};
inline constexpr problem_code time_stamp_refused{"cms.time_stamp_refused", "the time-stamp authority did not grant a time stamp",
                                                 exposure::detail};
inline constexpr problem_code time_stamp_invalid{"cms.time_stamp_invalid", "the time stamp proves nothing", exposure::code_only};
inline constexpr problem_code time_stamp_weak{"cms.time_stamp_weak", "the time stamp uses a weak algorithm", exposure::code_only};
}  // namespace shep::problems
