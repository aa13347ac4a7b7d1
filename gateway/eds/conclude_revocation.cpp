#include "core/date_time.hpp"
#include "eds/judgement.hpp"
#include "eds/problems.hpp"
#include "eds/verified_maker.hpp"
#include "eds/verify.hpp"

namespace shep::eds {
namespace {

using revocation::state;

revocation_report described(const crypto::certificate& c, const result<revocation::finding>* answer) {
  revocation_report line;
  line.certificate = c.info().subject;
  if (answer == nullptr || !*answer) {
    line.problem = answer == nullptr ? "nobody was asked" : answer->error().detail;
    return line;
  }
  const revocation::finding& f = **answer;
  line.by = f.by == revocation::evidence::crl ? "crl" : "ocsp";
  if (f.what != state::unknown) line.revoked = f.what != state::good;
  else line.problem = "the responder does not know the certificate";
  line.revocation_time = f.revoked_at;
  if (f.why) line.reason = revocation::name_of(*f.why);
  line.this_update = f.this_update;
  line.next_update = f.next_update;
  line.source = f.source;
  if (f.nonce_missing) line.problem = "the responder did not repeat the nonce of the request, so the answer may be an older one";
  if (f.in_grace) line.problem = "the evidence is out of date and was accepted within the configured grace";
  return line;
}

problem undecided(const crypto::certificate& c, const std::string& why) {
  return {problems::revocation_undecided,
          "whether the certificate of " + c.info().subject + " was revoked is not known: " + why,
          {},
          "try later; the state of a certificate that nobody tells is neither good nor bad"};
}

problem revoked(const crypto::certificate& c, const revocation::finding& f) {
  std::string detail = "the certificate of " + c.info().subject + (f.what == state::on_hold ? " is on hold" : " was revoked");
  if (f.revoked_at) detail += (f.what == state::on_hold ? " since " : " at ") + format_utc(*f.revoked_at);
  if (f.why) detail += ", reason " + std::string(revocation::name_of(*f.why));
  detail += f.by == revocation::evidence::crl ? ", says a revocation list" : ", says the OCSP responder";
  return {problems::signing_certificate_revoked, std::move(detail), {}, "sign with a certificate that is in force"};
}

/// What one certificate's answer means for the signature.
void judge(const crypto::certificate& c, const result<revocation::finding>* answer, const policy& rules,
           std::optional<time_point> proven_at, judgement& j) {
  if (answer == nullptr) return j.fail(sub_indication::try_later, undecided(c, "nobody was asked"));
  if (!*answer) return j.fail(sub_indication::try_later, undecided(c, describe(answer->error())));
  const revocation::finding& f = **answer;
  if (f.what == state::unknown) return j.fail(sub_indication::try_later, undecided(c, "the responder does not know the certificate"));
  if (f.in_grace)
    j.warn({problems::revocation_undecided, "what is known of " + c.info().subject + " is out of date, accepted within the grace"});
  if (f.responder_unchecked)
    j.warn({problems::revocation_undecided, "the OCSP responder that answered about " + c.info().subject +
                                                " may itself have been revoked: no list at hand tells, and its certificate does not say "
                                                "that nobody need ask (id-pkix-ocsp-nocheck)"});
  if (f.nonce_missing)
    j.warn({problems::revocation_undecided, "the answer about " + c.info().subject +
                                                " does not repeat the nonce of the request: it may be an older one, of " +
                                                format_utc(f.this_update)});
  if (f.what == state::good) return;
  const problem why = revoked(c, f);
  if (rules.signed_before_revocation && proven_at && !revocation::stands_against(f, *proven_at))
    return j.warn({why.code, why.detail + "; a time stamp proves the signature to be older: " + format_utc(*proven_at)});
  j.fail(sub_indication::revoked, why);
}

}  // namespace

result<void> conclude_revocation(report& r, std::size_t signature, std::span<const crypto::certificate> chain,
                                 const revocation::chain_status& status, const policy& rules, std::optional<time_point> proven_at) {
  judgement j(r);
  signature_report& s = r.signatures.at(signature);
  s.revocation.clear();
  // The anchor is trusted by configuration: nobody above it could revoke it.
  for (std::size_t i = 0; i + 1 < chain.size(); ++i) {
    const result<revocation::finding>* answer = i < status.size() ? &status[i] : nullptr;
    s.revocation.push_back(described(chain[i], answer));
    judge(chain[i], answer, rules, proven_at, j);
  }
  if (chain.empty()) j.fail(sub_indication::try_later, {problems::revocation_undecided, "there is no chain to ask about"});
  // Only what holds otherwise waits for this answer.
  if (s.reason == sub_indication::try_later) {
    s.reason = j.reason();
    s.verdict = indication_for(s.reason);
    settle(r);
  }
  if (j.passed()) return {};
  return j.failure();
}

verification conclude_revocation(verification v, const revocation::chain_status& status, const policy& rules) {
  if (!v.waiting) return v;
  const auto ok = conclude_revocation(v.report, 0, v.waiting->chain(), status, rules);
  if (ok) v.message = verified_maker::release(std::move(*v.waiting));
  else v.failure = ok.error();
  v.waiting.reset();
  return v;
}

document_verification conclude_revocation(document_verification v, std::span<const revocation::chain_status> status, const policy& rules) {
  if (!v.waiting) return v;
  v.waiting = false;
  v.passed = true;
  for (std::size_t i = 0; i < v.signers.size(); ++i) {
    const auto ok = conclude_revocation(v.report, i, v.signers[i].chain, i < status.size() ? status[i] : revocation::chain_status(), rules);
    // A revoked signer counts more than one who is not decided.
    if (!ok && (v.passed || v.report.signatures[i].reason == sub_indication::revoked)) v.failure = ok.error();
    v.passed = v.passed && ok;
  }
  return v;
}

}  // namespace shep::eds
