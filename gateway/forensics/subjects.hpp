#pragma once

#include "eds/report.hpp"
#include "forensics/octet_search.hpp"

/// From the lines of a report to what the verifier canonicalized.
namespace shep::forensics {

/// What one reference covers; a guess when it names nothing that may be signed. `line`: of the report, null when there is none.
subject subject_of(const xml::document&, const eds::signature_report&, const eds::reference&, const eds::reference_report* line);

subject signed_info_of(const xml::document&, const eds::signature_report&, const eds::signature&);

}  // namespace shep::forensics
