#pragma once

#include "cli/verifier.hpp"
#include "forensics/compare.hpp"

#include <string>

namespace shep::cli {

/// Writes the octets that each digest was computed over into a folder: signature-1-reference-1.xml, counted from 1. Error: environment.
result<void> store_references(const eds::report&, const std::string& folder);

/// Our canonical octets beside those that another program digested. `which`: "S.R" (signature and reference, counted from 1), "S.info" for
/// SignedInfo, or empty for the first reference that does not match, else the first. Errors: usage, environment.
result<forensics::comparison> compare_with(const judged&, const std::string& their_file, const std::string& which);

}  // namespace shep::cli
