#include "core/bytes.hpp"
#include "eds/document_signatures.hpp"
#include "eds/id_attributes.hpp"
#include "eds/problems.hpp"
#include "eds/signature.hpp"

#include <algorithm>

namespace shep::eds {
namespace {

using xml::element;
namespace ns = xml::ns;

element next_behind(element e, element apex) {
  while (e && e != apex) {
    if (const element next = e.next_sibling()) return next;
    e = e.parent();
  }
  return {};
}

/// The signatures of the document that stand in no other signature, in document order; one more than allowed at most.
std::vector<element> signatures_of(element root) {
  std::vector<element> found;
  for (element e = root; e && found.size() <= most_signatures;) {
    if (!e.is(signature_name)) {
      e = e.next_in_document(root);
      continue;
    }
    found.push_back(e);
    e = next_behind(e, root);
  }
  return found;
}

bool inside(element e, element ancestor) {
  for (; e; e = e.parent())
    if (e == ancestor) return true;
  return false;
}

bool inside_a_signature(element e) {
  for (; e; e = e.parent())
    if (e.is(signature_name)) return true;
  return false;
}

struct signature_place {
  const xml::document& document;
  element node;
  const std::vector<element>& later;
};

result<reference_target> resolve_whole(const reference& r, const signature_place& here) {
  if (!r.enveloped)
    return problem(problems::signature_constraints,
                   "Reference URI=\"\" without the enveloped-signature transform covers the signature itself", r.node.xpath());
  const element root = here.document.root();
  if (here.node.parent() != root)
    return problem(problems::signature_constraints,
                   "a signature of the whole document must be the last child of its root, this one is at " + here.node.xpath(),
                   here.node.xpath());
  if (const auto last = check_last_children(root, root.children(signature_name)); !last) return last.error();
  return reference_target{root, &here.document, {}, here.later};
}

/// The later signatures that are left out of what this one covers: those at the end of its target. A signature elsewhere inside cuts what
/// was signed in two, or hides what its own author put into it, so nothing is left out for it and it may not be there.
result<std::vector<element>> left_out_of(element target, const reference& r, const signature_place& here) {
  const auto at_end = signatures_at_end(target);
  const auto ends_it = [&](element s) { return std::find(at_end.begin(), at_end.end(), s) != at_end.end(); };
  std::vector<element> out;
  for (const element s : here.later) {
    if (!inside(s, target)) continue;
    if (!ends_it(s))
      return problem(problems::signature_constraints, "a later signature stands inside of the signed " + target.xpath(), s.xpath(),
                     "a signature may stand at the end of the element that it signs, or outside of it");
    out.push_back(s);
  }
  if (r.enveloped && !ends_it(here.node))
    return problem(problems::signature_constraints, "an enveloped signature must be the last child of the signed " + target.xpath(),
                   here.node.xpath(), "put nothing behind a signature: add elements before signing");
  return out;
}

/// kz-eds.md section 3, "signature by id": exactly one element carries the id, and it is no part of a signature.
result<reference_target> resolve_id(const reference& r, const signature_place& here) {
  const std::string_view id = std::string_view(r.uri).substr(1);
  if (r.uri.front() != '#' || !is_plain_id(id))
    return problem(problems::signature_constraints,
                   "Reference URI \"" + clipped(r.uri, 80) + "\" is neither empty nor a plain \"#id\" of this document", r.node.xpath());
  const auto holders = elements_with_id(here.document.root(), id);
  if (holders.empty())
    return problem(problems::signed_data_not_found, "no element carries the id of Reference \"" + r.uri + "\"", r.node.xpath());
  if (holders.size() > 1)
    return problem(problems::signed_data_not_found,
                   "the id of Reference \"" + r.uri + "\" is carried by " + holders[0].xpath() + " and " + holders[1].xpath(),
                   holders[1].xpath(), "an id that two elements carry proves nothing (signature wrapping)");
  const element target = holders.front();
  if (inside_a_signature(target))
    return problem(problems::signed_data_not_found, "Reference \"" + r.uri + "\" names a part of a signature", target.xpath());
  if (r.enveloped && !inside(here.node, target))
    return problem(problems::signature_constraints,
                   "enveloped-signature has no place where the signature stands outside of " + target.xpath(), r.node.xpath());
  auto later = left_out_of(target, r, here);
  if (!later) return later.error();
  return reference_target{target, nullptr, {}, std::move(*later)};
}

judged judge(const signature_place& here, const checking& with) {
  viewpoint view;
  view.layer = "document";
  view.profile = "by id";
  if (const element info = here.node.child({ns::ds, "SignedInfo"}))
    if (const element first = info.child({ns::ds, "Reference"}); first && first.attribute_value({"", "URI"}) == "")
      view.profile = "enveloped";
  view.resolve = [&](const reference& r) { return r.uri.empty() ? resolve_whole(r, here) : resolve_id(r, here); };
  return judge_signature(here.node, view, with);
}

/// The first few children of the root that no good signature covers, when the root itself is not covered.
void list_uncovered(const xml::document& document, report& r) {
  constexpr std::size_t most = 32;
  const auto covered = [&](const std::string& path) { return std::find(r.covered.begin(), r.covered.end(), path) != r.covered.end(); };
  if (covered(document.root().xpath())) return;
  for (element e = document.root().first_child(); e && r.uncovered.size() < most; e = e.next_sibling()) {
    if (e.is(signature_name)) continue;
    const std::string path = e.xpath();
    const bool listed = std::find(r.uncovered.begin(), r.uncovered.end(), path) != r.uncovered.end();
    if (!listed && !covered(path)) r.uncovered.push_back(path);
  }
}

document_verification as_document(verification v) {
  document_verification d;
  d.passed = v.message.has_value();
  d.waiting = v.waiting.has_value();
  d.report = std::move(v.report);
  d.failure = std::move(v.failure);
  if (!d.report.signatures.empty()) d.signers.push_back(std::move(v.signatory));
  return d;
}

}  // namespace

document_verification verify_document(const xml::document& document, const crypto::trust_store& trust, const policy& rules, time_point at) {
  const checking with{trust, rules, at};
  const element root = document.root();
  if (root.is({ns::soap11, "Envelope"}) || root.is({ns::soap12, "Envelope"}))
    return as_document(verify_message(document, trust, rules, at));
  const auto signatures = signatures_of(root);
  if (signatures.empty())
    return nothing_judged(sub_indication::no_signature_found,
                          {problems::signature_missing, "the document carries no ds:Signature", root.xpath(), "sign it"}, with);
  if (signatures.size() > most_signatures)
    return nothing_judged(
        sub_indication::sig_constraints_failure,
        {problems::signature_constraints, "more than eight signatures in one document", signatures[most_signatures].xpath()}, with);
  document_verification v = judge_last_first(signatures, with, [&](element node, const std::vector<element>& later) {
    return judge({document, node, later}, with);
  });
  if (!rules.detailed) return v;
  list_uncovered(document, v.report);
  if (v.report.verdict != indication::total_failed && !v.report.uncovered.empty()) {
    judgement j(v.report);
    j.warn({problems::partial_coverage,
            "the signatures cover a part of the document, and nothing of " + v.report.uncovered.front() +
                (v.report.uncovered.size() > 1 ? " and others" : ""),
            v.report.uncovered.front(), "believe only what is listed as signed"});
  }
  return v;
}

void list_unjudged(const xml::document& document, report& r) {
  constexpr std::size_t most = 8;
  std::size_t listed = 0;
  judgement j(r);
  for (element e = document.root(); e && listed < most; e = e.next_in_document(document.root())) {
    if (!e.is(signature_name)) continue;
    const bool judged =
        std::any_of(r.signatures.begin(), r.signatures.end(), [&](const signature_report& s) { return s.location.element == e; });
    if (judged) continue;
    ++listed;
    j.warn({problems::signature_not_judged, "a ds:Signature stands where none is looked for, and was not judged", e.xpath(),
            "do not believe what it claims to sign"});
  }
}

}  // namespace shep::eds
