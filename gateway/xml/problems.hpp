#pragma once

#include "core/problem.hpp"

/// Why a document was not let in, by name. The limits of xml/limits.hpp answer with `limit`.
namespace shep::problems {
inline constexpr problem_code xml_not_well_formed{"xml.not_well_formed", "the text is not well-formed XML with namespaces"};
inline constexpr problem_code xml_doctype{"xml.doctype", "a document type declaration is not allowed"};
inline constexpr problem_code xml_encoding{"xml.encoding", "the encoding is not accepted"};
inline constexpr problem_code xml_version{"xml.version", "only XML 1.0 is accepted"};
inline constexpr problem_code xml_limit{"xml.limit", "the document exceeds a limit"};
inline constexpr problem_code xml_mixed_value{"xml.mixed_value",
                                              "a value is interrupted by a comment, an instruction, CDATA or an element"};
inline constexpr problem_code xml_xpath{"xml.xpath", "the XPath expression cannot be used"};
inline constexpr problem_code xml_canonicalization{"xml.canonicalization", "the document has no canonical form"};
}  // namespace shep::problems
