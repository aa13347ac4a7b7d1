#pragma once

#include "core/result.hpp"
#include "xml/document.hpp"

/// The one place that says which elements of a SOAP message are its header and its body (SOAP 1.1 section 4).
namespace shep::eds {

struct envelope {
  xml::element root;
  xml::element header;  ///< null when absent
  xml::element body;
  xml::element security;  ///< the one wsse:Security of the header; null when absent
  bool soap12 = false;
};

/// Absolute structure: Envelope { Header?, Body } and nothing else, at most one wsse:Security. Anything that could make two readers see two
/// bodies is refused (X16, S09–S11, XSW3). Error: problems::soap_structure with the path;
/// signature_missing for a ds:Signature after the Body, the place where some tools put it.
result<envelope> read_envelope(const xml::document&);

}  // namespace shep::eds

namespace shep::problems {
inline constexpr problem_code soap_structure{"soap.structure", "the message is not a SOAP envelope of the expected structure"};
}  // namespace shep::problems
