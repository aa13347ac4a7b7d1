#pragma once

#include "eds/report.hpp"
#include "xml/document.hpp"

namespace shep::forensics {

/// Fills `report.parts`: what the document consists of, part by part in document order, and which part a signature of the report that holds
/// covers. At most 64 parts. The report's elements belong to the document. Two readings of the source.
void map_coverage(const xml::document&, eds::report&);

}  // namespace shep::forensics
