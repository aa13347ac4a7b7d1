#pragma once

#include "core/problem.hpp"

/// What can be wrong with a mapping file when it is loaded, and with an answer when it is rendered.
namespace shep::problems {
inline constexpr problem_code json_syntax{"mocks.json", "the text is not acceptable JSON"};
inline constexpr problem_code json_duplicate_key{"mocks.json_duplicate_key", "an object names the same key twice"};
inline constexpr problem_code mapping_key{"mocks.mapping_key", "the mapping has a key that does not exist"};
inline constexpr problem_code mapping_unsupported{"mocks.mapping_unsupported", "the mapping uses a key that this version does not support"};
inline constexpr problem_code mapping_value{"mocks.mapping_value", "the mapping has a value that cannot be used"};
inline constexpr problem_code mapping_duplicate{"mocks.mapping_duplicate", "two mappings have the same id"};
inline constexpr problem_code mapping_file{"mocks.mapping_file", "a mapping file or body file cannot be used"};
inline constexpr problem_code template_syntax{"mocks.template_syntax", "the template cannot be read"};
inline constexpr problem_code template_value{"mocks.template_value", "the template met a value it cannot use"};
inline constexpr problem_code template_limit{"mocks.template_limit", "the template exceeds its limits"};
inline constexpr problem_code token_signing{"mocks.token_signing", "a consent token cannot be signed"};
inline constexpr problem_code mapping_unknown{"mocks.mapping_unknown", "there is no mapping of that id"};
inline constexpr problem_code scenario_busy{"mocks.scenario_busy", "the scenario moved on each time this request was about to"};
}  // namespace shep::problems
