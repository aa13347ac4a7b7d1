#pragma once

#include "eds/signature.hpp"
#include "forensics/visit.hpp"
#include "xml/document.hpp"

#include <optional>

namespace shep::forensics {

/// Octets that should have been signed, as the verifier sees them now.
struct subject {
  const xml::document& document;
  xml::element apex;
  bool whole = false;               ///< URI="": the document with what stands beside its root
  xml::element root;                ///< when set: counts as root of a document of its own
  xml::element signature;           ///< the ds:Signature that is being judged
  bool enveloped = false;           ///< the signature is left out
  std::vector<xml::element> later;  ///< signatures added after it, which it does not cover
  eds::canonicalization method;
  bool is_signed_info = false;
  const xml::document* envelope = nullptr;  ///< the message that carried `document` as text, if any
};

bool is_inside(xml::element, xml::element apex);  ///< or the apex itself

/// The canonical form as declared; empty when there is none. `marks`: as in xml::c14n_options.
std::string canonical_form(const subject&, std::vector<xml::element_mark>* marks = nullptr);

/// Visits every candidate for what the signer may have digested, single mistakes first, each once; true when the visitor ended the search.
/// The visitor decides how much is tried. Work between two visits is linear in the document.
bool visit_candidates(const subject&, const visitor&);

/// Two mistakes at once: another canonicalization or element, and a change of the text.
using pair_visitor = std::function<bool(std::string_view octets, const step& first, const step& second)>;
bool visit_pairs(const subject&, const pair_visitor&);

/// The canonical forms that people choose wrongly: method, comments, prefixes, namespaces around, signatures left out or in.
bool canonicalization_changes(const subject&, const visitor&);

}  // namespace shep::forensics
