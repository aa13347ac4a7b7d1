#pragma once

#include "crypto/trust.hpp"
#include "eds/policy.hpp"
#include "eds/report.hpp"
#include "forensics/budget.hpp"
#include "xml/document.hpp"

/// Why does a signature not hold? For reports that failed.
namespace shep::forensics {

struct options {
  limits most{};
  const xml::document* envelope = nullptr;  ///< the message that carried the document as text, when it did
};

/// Looks for the mistake behind every digest and signature value of the report that does not match, and puts what it finds into
/// `report.causes`: proven causes first, then hints from patterns (only for a message where something stays unexplained). Also fills the
/// coverage map. Where the search had to stop at its limits a finding says so (problems::search_limit).
///
/// `document` is what `received` was read as, and what the report's elements belong to; null when it could not be read. A report that
/// passed gets no cause. Pure function, no network; any thread; work is bounded by `options.most`. Returns what was spent.
budget explain(const shared_bytes& received, const xml::document* document, eds::report&, const crypto::trust_store&, const eds::policy&,
               time_point at, const options& = {});

}  // namespace shep::forensics

namespace shep::problems {
inline constexpr problem_code search_limit{"forensics.search_limit", "the search for the cause stopped at its limits"};
}  // namespace shep::problems
