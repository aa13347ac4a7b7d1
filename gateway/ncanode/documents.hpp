#pragma once

#include "core/bytes.hpp"
#include "ncanode/keys.hpp"
#include "ncanode/ncanode.hpp"
#include "ncanode/verdict.hpp"
#include "xml/document.hpp"

#include <string>
#include <string_view>

namespace shep::ncanode {

/// The XML of a request; white space around it is free, as it is to NCANode. Error problems::ncanode_document, with the place.
result<xml::document> admit_text(std::string_view text, const xml::limits&);

/// The document without any ds:Signature among the children of its root, other octets as they are.
result<xml::document> without_signatures(xml::document, const xml::limits&);

/// One more enveloped signature as the last child of the root, over the whole document with the signatures that are already there, or over
/// the element that the key's referenceUri names. Error problems::ncanode_document or ncanode_key.
result<std::string> add_signature(shared_bytes document, const crypto::identity&, const sent_key&, const xml::limits&);

/// Refuses SHA-1, which the policy lets pass together with the algorithms of 2004.
void refuse_sha1(verdict&, const eds::report&);

/// Takes the report of a document over: places, causes of failure (a search that costs at most some tenths of a second), `refuse_sha1`.
void explain(verdict&, const xml::document&, eds::report&, const grounds&, time_point at);

}  // namespace shep::ncanode
