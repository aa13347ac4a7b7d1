#include "core/bytes.hpp"
#include "eds/check.hpp"
#include "eds/id_attributes.hpp"
#include "eds/judge_signature.hpp"
#include "eds/problems.hpp"
#include "eds/transport_place.hpp"
#include "eds/verified_maker.hpp"
#include "eds/verify.hpp"

#include <algorithm>

namespace shep::eds {
namespace {

using xml::element;
namespace ns = xml::ns;

/// The element a transport Reference may name: /Envelope/Body, or /Envelope/Header/Security/Timestamp beside it; the whole document in
/// profile C.
result<reference_target> resolve_target(const reference& r, const envelope& parts, const xml::document& document, bool legacy) {
  if (r.uri.empty()) {
    if (!legacy || !r.enveloped)
      return problem(problems::signed_data_not_found, "Reference URI=\"\" is not allowed in WS-Security", r.node.xpath(),
                     "refer to the Body by \"#\" and its wsu:Id");
    return reference_target{parts.root, &document, {}};
  }
  const auto bad_uri = [&](std::string detail) {
    return problem(problems::signature_constraints, std::move(detail), r.node.xpath(),
                   "only \"#id\" of an element of this message is allowed");
  };
  if (r.uri.front() != '#') return bad_uri("Reference URI \"" + clipped(r.uri, 80) + "\" points outside the message");
  if (!is_plain_id(std::string_view(r.uri).substr(1)))
    return bad_uri("Reference URI \"" + clipped(r.uri, 80) + "\" is not a plain \"#id\"");
  const auto holders = elements_with_id(parts.root, std::string_view(r.uri).substr(1));
  if (holders.empty())
    return problem(problems::signed_data_not_found, "no element carries the id of Reference \"" + r.uri + "\"", r.node.xpath(),
                   "give soap:Body this wsu:Id");
  if (holders.size() > 1)
    return problem(problems::signed_data_not_found,
                   "the id of Reference \"" + r.uri + "\" is carried by " + holders[0].xpath() + " and " + holders[1].xpath(),
                   holders[1].xpath(), "an id that two elements carry proves nothing (signature wrapping)");
  const element target = holders.front();
  const bool timestamp = target.is({ns::wsu, "Timestamp"}) && parts.security && target.parent() == parts.security;
  if (target != parts.body && !timestamp)
    return problem(problems::signed_data_not_found, "Reference \"" + r.uri + "\" names " + target.xpath() + ", not /Envelope/Body",
                   target.xpath(), "the signed element must be the Body itself, not a copy of it elsewhere (signature wrapping)");
  if (r.enveloped && !legacy)
    return problem(problems::signature_constraints, "enveloped-signature has no place in WS-Security", r.node.xpath());
  return reference_target{target, nullptr, {}};
}

std::string profile_name(const transport_place& where, const key_info& key) {
  return where.legacy ? "legacy header" : "wsse " + key.wire_name;
}

/// Header blocks and Body that no matching digest covers; the first few of many, because each path costs a walk over its siblings.
void list_uncovered(const envelope& parts, const signature_report& s, report& r) {
  constexpr std::size_t most = 32;
  const auto covered = [&](element e) {
    return std::any_of(s.references.begin(), s.references.end(), [&](const reference_report& line) {
      return line.matches && (s.reason == sub_indication::none || s.reason == sub_indication::try_later) &&
             (line.target.element == e || line.target.element == parts.root);
    });
  };
  r.uncovered.clear();
  for (element e = parts.header.first_child(); e && r.uncovered.size() < most; e = e.next_sibling())
    if (e != parts.security && !e.is({ns::ds, "Signature"}) && !covered(e)) r.uncovered.push_back(e.xpath());
  if (!covered(parts.body)) r.uncovered.push_back(parts.body.xpath());
}

}  // namespace

verification verify_message(const xml::document& document, const crypto::trust_store& trust, const policy& rules, time_point at) {
  verification v;
  v.report.evaluated_at = at;
  judgement j(v.report);
  signature_report s;
  s.layer = "transport";
  const checking with{trust, rules, at};
  const auto refuse = [&](sub_indication reason, const problem& why) {
    j.fail(reason, why);
    v.failure = j.failure();
    if (s.location.element) {
      conclude(j, with, std::move(s), v.report);
    } else {
      v.report.reason = j.reason();
      v.report.verdict = indication_for(j.reason());
    }
    return std::move(v);
  };
  const auto parts = read_envelope(document);
  if (!parts) return refuse(sub_indication::format_failure, parts.error());
  const auto where = locate_transport_signature(*parts);
  if (!where) return refuse(reason_for(where.error()), where.error());
  s.location.element = where->signature;
  if (rules.detailed) s.location.xpath = where->signature.xpath();
  auto parsed = read_signature(where->signature);
  if (!parsed) return refuse(reason_for(parsed.error()), parsed.error());
  if (parsed->key.form == key_info::kind::token_reference) {
    auto resolved = resolve_token(parsed->key, *parts);
    if (!resolved) return refuse(reason_for(resolved.error()), resolved.error());
    parsed->key = std::move(*resolved);
  }
  s.profile = profile_name(*where, parsed->key);

  v.signatory = check_signature_value(*parsed, {}, with, j, s);
  bool body_covered = false;
  std::vector<element> seen;
  for (const reference& r : parsed->references) {
    const auto target = resolve_target(r, *parts, document, where->legacy);
    if (!target) {
      j.fail(reason_for(target.error()), target.error());
      list_unresolved(r, s);
      continue;
    }
    body_covered = body_covered || target->element == parts->body || target->whole != nullptr;
    // An element may carry many ids; a digest for each would be work that a stranger orders (S40).
    if (std::find(seen.begin(), seen.end(), target->element) != seen.end()) {
      j.fail(sub_indication::sig_constraints_failure,
             {problems::signature_constraints, "a second Reference to " + target->element.xpath(), r.node.xpath()});
      continue;
    }
    seen.push_back(target->element);
    check_reference(r, *target, *parsed, with, j, s);
  }
  if (!body_covered)
    j.fail(sub_indication::signed_data_not_found,
           {problems::signed_data_not_found, "no Reference covers /Envelope/Body", where->signature.xpath(), "sign the Body"});

  conclude(j, with, std::move(s), v.report);
  if (rules.detailed) list_uncovered(*parts, v.report.signatures.front(), v.report);
  if (!j.passed()) {
    v.failure = j.failure();
    return v;
  }
  verified message = verified_maker::make(parts->body, verified::assurance::signature, v.signatory.certificate);
  if (rules.revocation == revocation_mode::none) v.message = std::move(message);
  else v.waiting = verified_maker::hold(std::move(message), v.signatory.chain);
  return v;
}

}  // namespace shep::eds
