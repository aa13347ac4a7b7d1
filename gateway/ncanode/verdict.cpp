#include "ncanode/verdict.hpp"

#include "core/bytes.hpp"
#include "crypto/problems.hpp"
#include "eds/problems.hpp"
#include "ncanode/answer.hpp"
#include "ncanode/certificate_info.hpp"

#include <algorithm>

#include <boost/json/parse.hpp>

namespace shep::ncanode {
namespace {

namespace json = boost::json;

json::value or_null(const std::string& text) { return text.empty() ? json::value(nullptr) : json::value(as_utf8(text)); }

eds::sub_indication reason_of(const problem& why) {
  if (why.code == problems::certificate_expired) return eds::sub_indication::expired;
  if (why.code == problems::certificate_not_yet_valid) return eds::sub_indication::not_yet_valid;
  return eds::sub_indication::no_certificate_chain_found;
}

/// How much an indication says: a failure stands above what is undecided, and that above what passed.
int weight(eds::indication i) {
  if (i == eds::indication::total_failed) return 2;
  return i == eds::indication::indeterminate ? 1 : 0;
}

void worsen(verdict& v, eds::indication to, std::string sub) {
  if (weight(to) <= weight(v.indication)) return;
  v.indication = to;
  v.sub_indication = std::move(sub);
}

/// What is wrong with a certificate, revocation aside, becomes part of the verdict.
void take_failure(verdict& v, const judged_certificate& c) {
  if (!c.failure) return;
  const eds::sub_indication reason = reason_of(*c.failure);
  worsen(v, eds::indication_for(reason), std::string(eds::name_of(reason)));
  v.findings.push_back(finding_of({c.failure->code, c.failure->detail, c.certificate.info().subject, c.failure->hint}));
}

/// What the sources of revocation said becomes part of the verdict.
void weigh_revocations(verdict& v, const judged_certificate& c) {
  for (const revocation_answer& a : c.revocations) {
    if (a.decided && !a.revoked) continue;
    worsen(v, a.revoked ? eds::indication::total_failed : eds::indication::indeterminate, a.revoked ? "REVOKED" : "TRY_LATER");
    v.findings.push_back(json::object{{"severity", "error"},
                                      {"code", a.revoked ? "revocation.revoked" : "revocation.undecided"},
                                      {"detail", as_utf8(a.by + ": " + a.reason)},
                                      {"where", as_utf8(c.certificate.info().subject)},
                                      {"hint", nullptr}});
  }
}

json::value shown(const signer& s) { return s.certificate ? json::value(certificate_info(*s.certificate)) : json::value(nullptr); }

json::value shown_cms(const signer& s) {
  json::array certificates;
  if (s.certificate) certificates.push_back(shown(s));
  json::object out{{"certificates", std::move(certificates)}};
  if (s.time_stamp) out["tsp"] = *s.time_stamp;
  return out;
}

}  // namespace

revocation_check read_revocation_check(field_reader& f) {
  revocation_check out;
  for (const std::string& word : f.texts("revocationCheck")) {
    if (word == "OCSP") out.ocsp = true;
    else if (word == "CRL") out.crl = true;
    else f.fail("revocationCheck", "expected \"OCSP\" or \"CRL\"");
  }
  return out;
}

json::object finding_of(const problem& p, std::string_view severity) {
  return {
      {"severity", severity}, {"code", p.code.name}, {"detail", as_utf8(p.detail)}, {"where", or_null(p.where)}, {"hint", or_null(p.hint)}};
}

void take_report(verdict& v, const eds::report& r) {
  json::object whole = json::parse(eds::to_json(r)).as_object();
  worsen(v, r.verdict, std::string(eds::name_of(r.reason)));
  v.told = r.verdict != eds::indication::total_passed;
  for (auto& f : whole["findings"].as_array()) v.findings.push_back(std::move(f));
  if (auto* causes = whole["causes"].if_array())
    for (auto& c : *causes) v.causes.push_back(std::move(c));
}

void add_certificate(verdict& v, judged_certificate c) {
  if (!v.told) take_failure(v, c);
  if (c.weak)
    v.findings.push_back(
        finding_of({problems::certificate_usage, "a certificate of the chain is signed with an algorithm of 2004, which counts as weak",
                    c.certificate.info().subject},
                   "warning"));
  v.signers.push_back({std::move(c), {}, {}});
}

void drop_stamp(verdict& v, std::size_t index, const problem& why, const crypto::trust_store& trust, time_point now) {
  signer& s = v.signers.at(index);
  s.time_stamp.reset();
  s.stamp.reset();
  v.more["provenTimes"].as_array().at(index) = nullptr;
  const bool revoked = why.code == problems::signing_certificate_revoked;
  v.findings.push_back(finding_of({why.code, why.detail, "signers[" + std::to_string(index) + "]",
                                   "the certificate is judged at the time of verification, not at the stamp's"},
                                  revoked ? "error" : "warning"));
  if (revoked) {
    v.signatures_hold = false;
    worsen(v, eds::indication::indeterminate, std::string(eds::name_of(eds::sub_indication::timestamp_order_failure)));
  }
  if (!s.certificate) return;
  s.certificate = judge_certificate(s.certificate->certificate, trust, now);
  take_failure(v, *s.certificate);
}

http::response verification_answer(verdict v) {
  const bool certificates_hold =
      std::all_of(v.signers.begin(), v.signers.end(), [](const signer& s) { return s.certificate && s.certificate->valid(); });
  for (const signer& s : v.signers)
    if (s.certificate) weigh_revocations(v, *s.certificate);
  json::array signers;
  for (const signer& s : v.signers) signers.push_back(v.form == verdict::shape::cms ? shown_cms(s) : shown(s));
  json::object ours{{"indication", eds::name_of(v.indication)},
                    {"subIndication", or_null(v.sub_indication)},
                    {"findings", std::move(v.findings)},
                    {"causes", std::move(v.causes)}};
  for (auto& member : v.more) ours.emplace(member.key(), std::move(member.value()));
  const bool valid = v.signatures_hold && certificates_hold && !v.signers.empty();
  return ok_answer({{"valid", valid}, {"signers", std::move(signers)}, {"shepsim", std::move(ours)}}, v.message);
}

}  // namespace shep::ncanode
