#include "forensics/subjects.hpp"

#include "eds/id_attributes.hpp"
#include "forensics/compare.hpp"

#include <algorithm>

namespace shep::forensics {
namespace {

using xml::element;
namespace ns = xml::ns;

/// Signatures behind this one in the same parent: what a business signature does not cover (eds/verify.hpp).
std::vector<element> later_signatures(const eds::signature_report& s) {
  std::vector<element> out;
  if (s.layer != "business") return out;
  for (element e = s.location.element.next_sibling(); e; e = e.next_sibling())
    if (e.is({ns::ds, "Signature"})) out.push_back(e);
  return out;
}

element soap_body(const xml::document& d) {
  for (element e = d.root().first_child(); e; e = e.next_sibling())
    if (e.local_name() == "Body") return e;
  return {};
}

bool is_detached(const eds::signature_report& s) { return s.profile.find("verified detached") != std::string::npos; }

mapped_canonical mapped(const subject& s) {
  mapped_canonical out;
  out.document = &s.document;
  out.octets = canonical_form(s, &out.marks);
  return out;
}

}  // namespace

/// What the verifier digested, or a guess when the Reference names nothing.
subject subject_of(const xml::document& d, const eds::signature_report& s, const eds::reference& r, const eds::reference_report* line) {
  subject out{d,
              line != nullptr ? line->target.element : element(),
              false,
              {},
              s.location.element,
              r.enveloped,
              later_signatures(s),
              {},
              false,
              nullptr};
  out.method = r.canonical.value_or(eds::canonicalization{*eds::find_c14n_method(eds::uri::c14n), {}});
  if (!out.apex) {
    const auto holders = r.uri.size() > 1 ? eds::elements_with_id(d.root(), std::string_view(r.uri).substr(1)) : std::vector<element>();
    const element body = soap_body(d);
    out.apex = !holders.empty()                                   ? holders.front()
               : s.layer == "transport" && body && !r.uri.empty() ? body
               : s.layer == "transport"                           ? d.root()
                                                                  : s.location.element.parent();
    if (!out.apex) out.apex = d.root();
  }
  out.whole = r.uri.empty() && out.apex == d.root();
  if (is_detached(s)) out.root = out.apex;
  return out;
}

subject signed_info_of(const xml::document& d, const eds::signature_report& s, const eds::signature& parsed) {
  subject out{d, parsed.signed_info, false, {}, s.location.element, false, {}, parsed.canonical, true, nullptr};
  if (is_detached(s)) out.root = s.location.element.parent();
  return out;
}

mapped_canonical canonical_of(const xml::document& d, const eds::report& r, std::size_t signature, std::size_t reference) {
  if (signature >= r.signatures.size() || !r.signatures[signature].location.element) return {};
  const eds::signature_report& s = r.signatures[signature];
  const auto parsed = eds::read_signature(s.location.element);
  if (!parsed || reference >= parsed->references.size()) return {};
  const eds::reference& wanted = parsed->references[reference];
  const auto line =
      std::find_if(s.references.begin(), s.references.end(), [&](const eds::reference_report& l) { return l.uri == wanted.uri; });
  return mapped(subject_of(d, s, wanted, line == s.references.end() ? nullptr : &*line));
}

mapped_canonical canonical_signed_info(const xml::document& d, const eds::report& r, std::size_t signature) {
  if (signature >= r.signatures.size() || !r.signatures[signature].location.element) return {};
  const auto parsed = eds::read_signature(r.signatures[signature].location.element);
  if (!parsed) return {};
  return mapped(signed_info_of(d, r.signatures[signature], *parsed));
}

}  // namespace shep::forensics
