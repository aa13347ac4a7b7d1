#pragma once

#include "eds/judgement.hpp"
#include "eds/signature.hpp"
#include "eds/verify.hpp"

#include <vector>

namespace shep::eds {

/// What a Reference points at, canonicalized how.
struct reference_target {
  xml::element element;
  const xml::document* whole = nullptr;  ///< set for URI="": the document, comments and instructions beside the root included
  xml::element root{};                   ///< when set: this element counts as root of a document of its own
  std::vector<xml::element> later{};     ///< signatures added after this one, left out of what it covers
};

/// SignatureValue over SignedInfo with the certificate's key, before any digest (S40). Fills certificate and chain of the report.
/// `root`: as in reference_target, for the context of SignedInfo.
signatory check_signature_value(const signature&, xml::element root, const checking&, judgement&, signature_report&);

/// Digest of one reference over its target.
void check_reference(const reference&, const reference_target&, const signature&, const checking&, judgement&, signature_report&);

/// Lists a reference that names nothing which may be digested.
void list_unresolved(const reference&, signature_report&);

/// Canonicalization as a signature asks for it, in the words of module xml.
xml::c14n_options options_for(const canonicalization&);

}  // namespace shep::eds
