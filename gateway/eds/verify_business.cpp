#include "core/bytes.hpp"
#include "eds/document_signatures.hpp"
#include "eds/id_attributes.hpp"
#include "eds/judge_signature.hpp"
#include "eds/problems.hpp"

#include <algorithm>

namespace shep::eds {
namespace {

using xml::element;
namespace ns = xml::ns;

/// The Reference of an enveloped signature names the whole business document: "" or the id of its root, carried once.
result<void> check_scope(const reference& r, element payload) {
  if (r.uri.empty()) {
    if (r.enveloped) return {};
    return problem(problems::signature_constraints,
                   "Reference URI=\"\" without the enveloped-signature transform covers the signature itself", r.node.xpath());
  }
  if (r.uri.front() != '#' || !is_plain_id(std::string_view(r.uri).substr(1)))
    return problem(problems::signature_constraints,
                   "Reference URI \"" + clipped(r.uri, 80) + "\" is neither empty nor a plain \"#id\" of this document", r.node.xpath());
  const auto holders = elements_with_id(payload, std::string_view(r.uri).substr(1));
  if (holders.size() != 1 || holders.front() != payload)
    return problem(problems::signed_data_not_found, "Reference \"" + r.uri + "\" does not name exactly the root of the business document",
                   r.node.xpath());
  return {};
}

/// What URI="" stands for: a document of its own, or an element inside an envelope in one of two readings.
struct reading {
  const xml::document* whole;
  bool alone;  ///< the element counts as a document of its own
  std::string_view profile;
};

judged judge(element payload, element node, const std::vector<element>& later, const reading& how, const checking& with) {
  viewpoint view;
  view.layer = "business";
  view.profile = how.profile;
  if (how.alone) view.root = payload;
  view.most_references = 1;
  view.too_many = "a second Reference to the whole business document";
  view.resolve = [&](const reference& r) -> result<reference_target> {
    if (const auto scope = check_scope(r, payload); !scope) return scope.error();
    return reference_target{payload, r.uri.empty() ? how.whole : nullptr, view.root, later};
  };
  return judge_signature(node, view, with);
}

judged judge_inline(element payload, element node, const std::vector<element>& later, const checking& with) {
  judged in_place = judge(payload, node, later, {nullptr, false, "enveloped, verified in place"}, with);
  // A default namespace from outside would put the element that is read into another namespace than the document that was signed.
  if (in_place.held || !payload.parent().resolve_prefix("").empty()) return in_place;
  judged detached = judge(payload, node, later, {nullptr, true, "enveloped, verified detached"}, with);
  // sub_indication goes from what breaks everything to what only the certificate lacks: the reading that got further tells the truth.
  const bool further = detached.held || detached.report.reason > in_place.report.reason;
  return further ? std::move(detached) : std::move(in_place);
}

/// Every signature of the payload by `judge_one`, or why there is none to judge.
template <class JudgeOne>
document_verification judge_all(element payload, const checking& with, const JudgeOne& judge_one) {
  const auto signatures = payload.children({ns::ds, "Signature"});
  if (signatures.empty())
    return nothing_judged(sub_indication::no_signature_found,
                          {problems::signature_missing, "the business document carries no ds:Signature", payload.xpath(),
                           "sign it with an enveloped signature"},
                          with);
  if (const auto at_the_end = check_last_children(payload, signatures); !at_the_end) {
    const problem why = at_the_end.error();
    return put_together({refused_signature(signatures.front(), "business", "enveloped", reason_for(why), why, with)}, with);
  }
  return judge_last_first(signatures, with, judge_one);
}

}  // namespace

document_verification verify_business(const xml::document& document, const crypto::trust_store& trust, const policy& rules, time_point at) {
  const checking with{trust, rules, at};
  return judge_all(document.root(), with, [&](element node, const std::vector<element>& later) {
    return judge(document.root(), node, later, {&document, false, "enveloped"}, with);
  });
}

document_verification verify_business(xml::element payload, const crypto::trust_store& trust, const policy& rules, time_point at) {
  const checking with{trust, rules, at};
  return judge_all(payload, with,
                   [&](element node, const std::vector<element>& later) { return judge_inline(payload, node, later, with); });
}

xml::element signed_business_element(xml::element payload) {
  const xml::name signature{ns::ds, "Signature"};
  if (payload.child(signature)) return payload;
  const element only = payload.first_child();
  if (only && !only.next_sibling() && only.child(signature)) return only;
  return {};
}

}  // namespace shep::eds
