#include "core/bytes.hpp"
#include "eds/check.hpp"
#include "eds/id_attributes.hpp"
#include "eds/problems.hpp"
#include "eds/verify.hpp"

namespace shep::eds {
namespace {

using xml::element;
namespace ns = xml::ns;

element last_child_of(element e) {
  const auto children = e.children();
  return children.empty() ? element() : children.back();
}

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

/// Judges the signature once under one reading; the report of that reading alone.
business_verification judge(element payload, const signature& parsed, const reading& how, const checking& with) {
  business_verification v;
  v.report.evaluated_at = with.at;
  judgement j(v.report);
  signature_report s;
  s.layer = "business";
  s.profile = how.profile;
  s.location = {parsed.node, parsed.node.xpath(), {}};
  const element root = how.alone ? payload : element();
  v.signer = check_signature_value(parsed, root, with, j, s);
  for (const reference& r : parsed.references) {
    if (&r != &parsed.references.front()) {
      j.fail(sub_indication::sig_constraints_failure,
             {problems::signature_constraints, "a second Reference to the whole business document", r.node.xpath()});
      break;
    }
    if (const auto scope = check_scope(r, payload); !scope) {
      const problem why = scope.error();
      j.fail(why.code == problems::signed_data_not_found ? sub_indication::signed_data_not_found : sub_indication::sig_constraints_failure,
             why);
      list_unresolved(r, s);
      continue;
    }
    check_reference(r, {payload, r.uri.empty() ? how.whole : nullptr, root}, parsed, with, j, s);
  }
  conclude(j, s, v.report);
  v.report.signatures.push_back(std::move(s));
  v.passed = j.passed();
  v.failure = j.failure();
  return v;
}

business_verification refused(sub_indication reason, const problem& why, element at, const checking& with) {
  business_verification v;
  v.report.evaluated_at = with.at;
  judgement j(v.report);
  j.fail(reason, why);
  v.failure = why;
  v.report.reason = reason;
  v.report.verdict = indication_for(reason);
  if (at) {
    signature_report s;
    s.layer = "business";
    s.profile = "enveloped";
    s.location = {at, at.xpath(), {}};
    conclude(j, s, v.report);
    v.report.signatures.push_back(std::move(s));
  }
  return v;
}

/// The one signature of a business document, read; or the refusal.
struct located {
  std::optional<signature> parsed;
  business_verification refusal;
};

located locate(element payload, const checking& with) {
  const auto signatures = payload.children({ns::ds, "Signature"});
  if (signatures.empty())
    return {{},
            refused(sub_indication::no_signature_found,
                    {problems::signature_missing, "the business document carries no ds:Signature", payload.xpath(),
                     "sign it with an enveloped signature"},
                    {}, with)};
  if (signatures.size() > 1)
    return {{},
            refused(sub_indication::sig_constraints_failure,
                    {problems::signature_constraints, "more than one signature in the business document", signatures[1].xpath()},
                    signatures[1], with)};
  const element node = signatures.front();
  if (last_child_of(payload) != node)
    return {{},
            refused(sub_indication::sig_constraints_failure,
                    {problems::signature_constraints, "ds:Signature must be the last child of the business document", node.xpath()}, node,
                    with)};
  auto parsed = read_signature(node);
  if (parsed) return {std::move(*parsed), {}};
  const problem why = parsed.error();
  return {{},
          refused(why.code == problems::signature_format ? sub_indication::format_failure : sub_indication::sig_constraints_failure, why,
                  node, with)};
}

}  // namespace

business_verification verify_business(const xml::document& document, const crypto::trust_store& trust, const policy& rules, time_point at) {
  const checking with{trust, rules, at};
  located found = locate(document.root(), with);
  if (!found.parsed) return std::move(found.refusal);
  return judge(document.root(), *found.parsed, {&document, false, "enveloped"}, with);
}

business_verification verify_business(xml::element payload, const crypto::trust_store& trust, const policy& rules, time_point at) {
  const checking with{trust, rules, at};
  located found = locate(payload, with);
  if (!found.parsed) return std::move(found.refusal);
  business_verification in_place = judge(payload, *found.parsed, {nullptr, false, "enveloped, verified in place"}, with);
  // A default namespace from outside would put the element that is read into another namespace than the document that was signed.
  if (in_place.passed || !payload.parent().resolve_prefix("").empty()) return in_place;
  business_verification detached = judge(payload, *found.parsed, {nullptr, true, "enveloped, verified detached"}, with);
  // sub_indication goes from what breaks everything to what only the certificate lacks: the reading that got further tells the truth.
  const bool further = detached.passed || detached.report.reason > in_place.report.reason;
  return further ? std::move(detached) : std::move(in_place);
}

}  // namespace shep::eds
