#include "cms/verify.hpp"
#include "eds/judgement.hpp"
#include "eds/problems.hpp"
#include "eds/verify.hpp"

#include <algorithm>

namespace shep::cms {
namespace {

using eds::sub_indication;

std::string reason_in_words(const revocation::finding& f) {
  if (f.what == revocation::state::on_hold) return "for the time being (certificateHold)";
  return f.why ? "reason " + std::string(revocation::name_of(*f.why)) : "and no reason is given";
}

bool expired_since(const signer_verdict& s, time_point at) {
  return std::any_of(s.chain.begin(), s.chain.end(), [&](const crypto::certificate& c) { return c.info().not_after < at; });
}

/// The stamp proves nothing any more, and the report says so.
void drop_stamp(eds::report& r, std::size_t signer, signer_verdict& s, const problem& why) {
  eds::signature_report& line = r.signatures[signer];
  s.stamp.reset();
  if (line.time_stamp) {
    const bool revoked = why.code == problems::signing_certificate_revoked;
    line.time_stamp->verdict = revoked ? eds::indication::total_failed : eds::indication::indeterminate;
    line.time_stamp->problem = why.detail;
  }
  eds::judgement(r).warn({why.code, why.detail, line.location.xpath, "the time stamp is left out of the verdict"});
}

}  // namespace

result<void> rely_on(const time_stamp& stamp, const revocation::chain_status& status) {
  for (std::size_t i = 0; i + 1 < stamp.chain.size(); ++i) {
    const std::string& who = stamp.chain[i].info().subject;
    if (i >= status.size() || !status[i])
      return problem(problems::revocation_undecided, "the signature rests on its time stamp, and it is not known whether " + who +
                                                         " of the time-stamp authority was revoked" +
                                                         (i < status.size() ? ": " + status[i].error().detail : ""));
    if (status[i]->what == revocation::state::unknown)
      return problem(problems::revocation_undecided, "the issuer does not know " + who + " of the time-stamp authority");
    if (revocation::stands_against(*status[i], stamp.gen_time))
      return problem(problems::signing_certificate_revoked, who + " of the time-stamp authority was revoked when it stamped");
    if (revocation::stands_against_token(*status[i], stamp.gen_time))
      return problem(problems::signing_certificate_revoked, who + " of the time-stamp authority was revoked, " +
                                                                reason_in_words(*status[i]) +
                                                                ": that takes back its older time stamps too (RFC 3161 section 4)");
  }
  return {};
}

verification conclude_revocation(verification v, std::span<const signer_status> status, const eds::policy& rules) {
  if (!v.waiting) return v;
  v.waiting = false;
  v.passed = true;
  for (std::size_t i = 0; i < v.signers.size(); ++i) {
    signer_verdict& s = v.signers[i];
    const signer_status known = i < status.size() ? status[i] : signer_status();
    const result<void> authority = s.stamp ? rely_on(*s.stamp, known.authority) : result<void>();
    if (!authority) drop_stamp(v.report, i, s, authority.error());
    const auto proven_at = s.stamp && authority ? std::optional(s.stamp->gen_time) : std::nullopt;
    result<void> ok = eds::conclude_revocation(v.report, i, s.chain, known.signer, rules, proven_at);
    if (ok && !authority && expired_since(s, v.report.evaluated_at)) {
      eds::signature_report& line = v.report.signatures[i];
      problem why = authority.error();
      why.where = line.location.xpath;
      eds::judgement j(v.report);
      j.fail(why.code == problems::signing_certificate_revoked ? sub_indication::revoked : sub_indication::try_later, why);
      line.reason = j.reason();
      line.verdict = eds::indication_for(line.reason);
      eds::settle(v.report);
      ok = why;
    }
    if (ok) continue;
    s.passed = false;
    s.failure = ok.error();
    // A revoked signer counts more than one who is not decided.
    if (v.passed || v.report.signatures[i].reason == sub_indication::revoked) v.failure = s.failure;
    v.passed = false;
  }
  return v;
}

}  // namespace shep::cms
