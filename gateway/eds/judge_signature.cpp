#include "eds/judge_signature.hpp"

#include "eds/problems.hpp"

#include <algorithm>

namespace shep::eds {
namespace {

void judge_references(const signature& parsed, const viewpoint& how, const checking& with, judgement& j, signature_report& s) {
  std::vector<xml::element> seen;
  for (std::size_t i = 0; i < parsed.references.size(); ++i) {
    const reference& r = parsed.references[i];
    if (i == how.most_references)
      return j.fail(sub_indication::sig_constraints_failure, {problems::signature_constraints, std::string(how.too_many), r.node.xpath()});
    const auto target = how.resolve(r);
    if (!target) {
      const problem why = target.error();
      j.fail(reason_for(why), why);
      list_unresolved(r, s);
      continue;
    }
    // An element may carry many ids; a digest for each would be work that a stranger orders (S40).
    if (std::find(seen.begin(), seen.end(), target->element) != seen.end()) {
      j.fail(sub_indication::sig_constraints_failure,
             {problems::signature_constraints, "a second Reference to " + target->element.xpath(), r.node.xpath()});
      continue;
    }
    seen.push_back(target->element);
    check_reference(r, *target, parsed, with, j, s);
  }
}

}  // namespace

sub_indication reason_for(const problem& why) {
  if (why.code == problems::signature_missing) return sub_indication::no_signature_found;
  if (why.code == problems::signature_constraints) return sub_indication::sig_constraints_failure;
  if (why.code == problems::signed_data_not_found) return sub_indication::signed_data_not_found;
  if (why.code == problems::signing_certificate_missing) return sub_indication::no_signing_certificate_found;
  return sub_indication::format_failure;
}

judged judge_signature(xml::element node, const viewpoint& how, const checking& with) {
  const auto parsed = read_signature(node);
  if (!parsed) {
    const problem why = parsed.error();
    return refused_signature(node, how.layer, how.profile, reason_for(why), why, with);
  }
  judged v;
  judgement j(v.report);
  signature_report s;
  s.layer = how.layer;
  s.profile = how.profile;
  s.location = {node, node.xpath(), {}};
  v.who = check_signature_value(*parsed, how.root, with, j, s);
  judge_references(*parsed, how, with, j, s);
  conclude(j, with, std::move(s), v.report);
  v.held = j.passed();
  v.failure = j.failure();
  return v;
}

judged refused_signature(xml::element node, std::string_view layer, std::string_view profile, sub_indication reason, const problem& why,
                         const checking& with) {
  judged v;
  judgement j(v.report);
  j.fail(reason, why);
  signature_report s;
  s.layer = layer;
  s.profile = profile;
  s.location = {node, node.xpath(), {}};
  conclude(j, with, std::move(s), v.report);
  v.failure = why;
  return v;
}

document_verification put_together(std::vector<judged> all, const checking& with) {
  document_verification v;
  v.report.evaluated_at = with.at;
  bool held = !all.empty();
  for (judged& one : all) {
    held = held && one.held;
    add_signature(std::move(one.report.signatures.front()), v.report);
    v.report.findings.insert(v.report.findings.end(), std::make_move_iterator(one.report.findings.begin()),
                             std::make_move_iterator(one.report.findings.end()));
    v.signers.push_back(std::move(one.who));
  }
  // The failure is that of the signature which the verdict comes from; of two equal ones the first.
  for (std::size_t i = 0; i < all.size() && v.failure.detail.empty(); ++i) {
    const signature_report& s = v.report.signatures[i];
    if (!all[i].held && s.reason == v.report.reason && s.verdict == v.report.verdict) v.failure = std::move(all[i].failure);
  }
  v.waiting = held && with.rules.revocation != revocation_mode::none;
  v.passed = held && !v.waiting;
  return v;
}

document_verification nothing_judged(sub_indication reason, const problem& why, const checking& with) {
  document_verification v;
  v.report.evaluated_at = with.at;
  judgement j(v.report);
  j.fail(reason, why);
  v.failure = why;
  v.report.reason = reason;
  v.report.verdict = indication_for(reason);
  return v;
}

}  // namespace shep::eds
