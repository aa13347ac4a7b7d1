#include "cms/signed_data.hpp"
#include "cms/verify.hpp"
#include "core/bytes.hpp"
#include "eds/problems.hpp"
#include "ncanode/answer.hpp"
#include "ncanode/certificate_info.hpp"
#include "ncanode/documents.hpp"
#include "ncanode/endpoints.hpp"
#include "ncanode/problems.hpp"

#include <boost/json/array.hpp>

namespace shep::ncanode {
namespace {

namespace json = boost::json;

std::string_view hash_name(crypto::digest_algorithm a) {
  switch (a) {
    case crypto::digest_algorithm::sha1: return "SHA1";
    case crypto::digest_algorithm::sha256: return "SHA256";
    case crypto::digest_algorithm::sha384: return "SHA384";
    case crypto::digest_algorithm::sha512: return "SHA512";
    case crypto::digest_algorithm::gost34311: return "GOST34311";
    default: return crypto::name_of(a);
  }
}

/// TspInfo. Only of a stamp that was verified: NCANode shows any.
json::object stamp_info(const cms::time_stamp& s) {
  return {{"serialNumber", s.serial_hex}, {"genTime", java_date(s.gen_time)},        {"policy", s.policy},
          {"tsa", as_utf8(s.tsa)},        {"tspHashAlgorithm", hash_name(s.digest)}, {"hash", to_hex(s.imprint)}};
}

/// A stamp that is there and does not hold is a lie about the time, so the answer is not valid whatever else holds.
void check_stamps(verdict& v, const eds::report& report) {
  for (const auto& s : report.signatures) {
    if (!s.time_stamp || s.time_stamp->verdict == eds::indication::total_passed) continue;
    v.signatures_hold = false;
    if (v.indication == eds::indication::total_passed) {
      v.indication = eds::indication::indeterminate;
      v.sub_indication = eds::name_of(eds::sub_indication::timestamp_order_failure);
    }
  }
}

problem not_cms(const problem& why) {
  return {problems::ncanode_document, why.detail, why.where.empty() ? "cms" : "cms: " + why.where, why.hint};
}

}  // namespace

outcome cms_verify(const call& c) {
  std::optional<problem> wrong;
  field_reader f(c.body, wrong);
  const auto wanted = read_revocation_check(f);
  const std::string sent = f.octets("cms");
  const bool with_data = f.has("data");
  const std::string data = f.octets_or_empty("data");
  if (wrong) return problem_answer(*wrong);
  const auto parsed = cms::signed_data::read(sent);
  if (!parsed) return problem_answer(not_cms(parsed.error()));
  const bool detached = !parsed->content();
  if (detached && !with_data)
    return problem_answer({problems::ncanode_field, "the CMS carries no data, so it has to be sent beside it", "data"});
  // Empty data beside a CMS that carries its own is a client that fills every field.
  const auto beside = data.empty() && !detached ? std::nullopt : std::optional<std::string_view>(data);
  cms::time_stamp_rules rules;
  rules.policies = c.world.tsa_policies;
  const auto checked = cms::verify(parsed->der(), with_data ? beside : std::nullopt, *c.world.trust, c.world.policy, c.now, rules);
  verdict v;
  v.form = verdict::shape::cms;
  v.signatures_hold = checked.passed;
  take_report(v, checked.report);
  refuse_sha1(v, checked.report);
  check_stamps(v, checked.report);
  json::array proven;
  for (const auto& s : checked.signers) {
    if (s.certificate)
      add_certificate(v, judge_certificate(*s.certificate, *c.world.trust, s.judged_at == time_point{} ? c.now : s.judged_at));
    else v.signers.push_back({});
    if (s.stamp) v.signers.back().time_stamp = stamp_info(*s.stamp);
    v.signers.back().stamp = s.stamp;
    proven.push_back(s.stamp ? json::value(java_date(s.stamp->gen_time)) : json::value(nullptr));
  }
  v.more["provenTimes"] = std::move(proven);
  return concluded(std::move(v), wanted);
}

outcome cms_extract(const call& c) {
  std::optional<problem> wrong;
  field_reader f(c.body, wrong);
  const std::string sent = f.octets("cms");
  if (wrong) return problem_answer(*wrong);
  const auto data = cms::extract(sent);
  if (!data) return problem_answer(not_cms(data.error()));
  return ok_answer({{"data", to_base64(*data)}});
}

}  // namespace shep::ncanode
