#include "cms/verify.hpp"

#include "cms/check_signer.hpp"
#include "cms/problems.hpp"
#include "core/date_time.hpp"
#include "eds/check_certificate.hpp"
#include "eds/problems.hpp"

namespace shep::cms {
namespace {

using eds::sub_indication;

constexpr std::size_t most_tokens = 4;  // each costs a chain of its own

verification refused(sub_indication reason, problem why, time_point at) {
  verification v;
  v.report.evaluated_at = at;
  eds::judgement j(v.report);
  j.fail(reason, why);
  v.report.reason = reason;
  v.report.verdict = eds::indication_for(reason);
  v.failure = std::move(why);
  return v;
}

/// The octets that were signed: inside, or given.
result<std::string_view> content_of(const signed_data& cms, std::optional<std::string_view> detached) {
  if (cms.content()) {
    if (detached && *detached != *cms.content())
      return problem(problems::cms_content, "the CMS carries content, and the content given beside it is another", "eContent",
                     "verify without detached content, or give the content that belongs to this CMS");
    return *cms.content();
  }
  if (detached) return *detached;
  return problem(problems::cms_content, "the CMS is detached and no content was given", "encapContentInfo",
                 "give the signed content beside the CMS");
}

eds::time_stamp_report describe(const time_stamp& t) {
  eds::time_stamp_report out;
  out.gen_time = t.gen_time;
  out.serial_number = t.serial_hex;
  out.policy = t.policy;
  out.tsa = t.tsa;
  out.hash_algorithm = crypto::name_of(t.digest);
  out.hash = to_hex(t.imprint);
  return out;
}

class judging_signer {
 public:
  judging_signer(const signed_data& cms, shared_work& work, const eds::checking& with, const time_stamp_rules& stamps)
      : cms_(cms), work_(work), with_(with), stamps_(stamps) {}

  signer_verdict run(const signer_info& s, const std::string& where, eds::report& whole) {
    eds::judgement j(whole);
    eds::signature_report out;
    out.layer = "cms";
    out.location.xpath = where;
    signer_verdict v;
    checked_signer checked = check_signer(s, cms_.content_type(), work_, with_, where, j, out);
    v.signing_time = out.signing_time = checked.signing_time;
    find_time_stamp(s, where, j, v, out);
    v.judged_at = v.stamp ? v.stamp->gen_time : with_.at;
    if (checked.certificate) v.chain = eds::check_certificate(*checked.certificate, where, {with_.trust, with_.rules, v.judged_at}, j, out);
    v.certificate = std::move(checked.certificate);
    out.profile = checked.names_certificate ? (v.stamp ? "CAdES-T" : "CAdES-BES") : v.stamp ? "CMS with time stamp" : "CMS";
    out.profile += cms_.content() ? " attached" : " detached";
    v.passed = j.passed();
    v.failure = j.failure();
    eds::conclude(j, with_, std::move(out), whole);
    return v;
  }

 private:
  /// The earliest moment that a token proves; a token that proves nothing is told of, and does not fail the signature (RFC 5126 section
  /// 6.1.1: the attribute is unsigned, so anybody may have put it there).
  void find_time_stamp(const signer_info& s, const std::string& where, eds::judgement& j, signer_verdict& v, eds::signature_report& out) {
    std::size_t count = 0;
    for (const attribute& a : s.unsigned_attributes) {
      if (a.oid != oid::signature_time_stamp) continue;
      for (const auto& token : a.values) {
        const std::string place = where + ".unsignedAttrs.timeStamp[" + std::to_string(count) + "]";
        if (++count > most_tokens) {
          j.warn(
              {problems::time_stamp_invalid, "more than " + std::to_string(most_tokens) + " time stamps; the others are not read", place});
          return;
        }
        judge_token(token.whole, s, place, j, v, out);
      }
    }
  }

  void judge_token(std::string_view token, const signer_info& s, const std::string& place, eds::judgement& j, signer_verdict& v,
                   eds::signature_report& out) {
    time_stamp_rules rules = stamps_;
    rules.allow_gost2015_256 |= with_.rules.gost2015_256;
    auto proven = verify_token(token, s.signature, with_.trust, rules, with_.at);
    if (!proven) {
      const problem why = proven.error();
      j.warn({why.code, why.detail, place, "the certificate is judged at the time of verification, not at the stamp's"});
      if (v.stamp) return;
      const auto claimed = read_token(token);
      out.time_stamp = claimed ? describe(*claimed) : eds::time_stamp_report{};
      out.time_stamp->verdict = eds::indication::total_failed;
      out.time_stamp->problem = why.detail;
      return;
    }
    for (const std::string& sentence : proven->weaknesses) j.warn({problems::time_stamp_weak, sentence, place});
    if (v.stamp && v.stamp->gen_time <= proven->gen_time) return;
    out.time_stamp = describe(*proven);
    out.time_stamp->verdict = eds::indication::total_passed;
    v.stamp = std::move(*proven);
  }

  const signed_data& cms_;
  shared_work& work_;
  const eds::checking& with_;
  const time_stamp_rules& stamps_;
};

/// The failure that the verdict of the whole stands for.
void settle_failure(verification& v, const eds::policy& rules) {
  bool all = true;
  for (std::size_t i = 0; i < v.signers.size(); ++i) {
    all = all && v.signers[i].passed;
    const eds::signature_report& s = v.report.signatures[i];
    if (v.failure.code.name.empty() && s.verdict == v.report.verdict && s.reason == v.report.reason) v.failure = v.signers[i].failure;
  }
  v.waiting = all && rules.revocation != eds::revocation_mode::none;
  v.passed = all && !v.waiting;
}

}  // namespace

verification verify(std::string_view input, std::optional<std::string_view> detached, const crypto::trust_store& trust,
                    const eds::policy& rules, time_point at, const time_stamp_rules& stamps) {
  const auto cms = signed_data::read(input);
  if (!cms) return refused(sub_indication::format_failure, cms.error(), at);
  const auto content = content_of(*cms, detached);
  if (!content) return refused(sub_indication::signed_data_not_found, content.error(), at);
  if (cms->signers().empty())
    return refused(sub_indication::no_signature_found,
                   {problems::signature_missing, "the CMS has no SignerInfo: it only carries certificates or content", "signerInfos"}, at);

  verification v;
  v.report.evaluated_at = at;
  const eds::checking with{trust, rules, at};
  shared_work work(*cms, *content, trust);
  judging_signer judging(*cms, work, with, stamps);
  for (std::size_t i = 0; i < cms->signers().size(); ++i)
    v.signers.push_back(judging.run(cms->signers()[i], "signerInfos[" + std::to_string(i) + "]", v.report));
  settle_failure(v, rules);
  if (cms->content()) v.content = std::string(*cms->content());
  return v;
}

}  // namespace shep::cms
