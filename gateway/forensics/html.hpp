#pragma once

#include "eds/report.hpp"
#include "forensics/compare.hpp"
#include "xml/document.hpp"

#include <string>

namespace shep::forensics {

struct page_options {
  std::string title;                        ///< a file name, for the heading; any text
  const xml::document* document = nullptr;  ///< when set, the page shows its source with the coverage map over it
  const comparison* their_canonical = nullptr;
  std::size_t most_shown = 256 << 10;  ///< octets of the source, and of each canonical form
};

/// The report as one HTML page that needs nothing else: no scripts, no pictures, no links; its own policy forbids them and allows its one
/// style sheet by hash. Every value of the message is text, escaped, with control characters and marks of direction as numbers (A03).
/// Canonical octets are shown where the report kept them (policy.keep_canonical), each line with its line and column.
std::string to_html(const eds::report&, const page_options& = {});

}  // namespace shep::forensics
