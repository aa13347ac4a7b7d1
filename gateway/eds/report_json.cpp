#include "core/date_time.hpp"
#include "eds/report.hpp"

#include <boost/json.hpp>

namespace shep::eds {
namespace {

namespace json = boost::json;

json::value or_null(std::string_view text) { return text.empty() ? json::value(nullptr) : json::value(text); }

json::array strings(const std::vector<std::string>& values) {
  json::array out;
  for (const std::string& v : values) out.emplace_back(v);
  return out;
}

/// Counted from 1; 0 says that nobody looked.
json::value or_null(std::size_t number) { return number == 0 ? json::value(nullptr) : json::value(number); }

json::object to_value(const target_report& t) {
  return {{"xpath", or_null(t.xpath)}, {"line", or_null(t.position.line)}, {"column", or_null(t.position.column)}};
}

json::object to_value(const certificate_report& c) {
  return {{"subject", c.subject},
          {"commonName", or_null(c.common_name)},
          {"iin", or_null(c.iin)},
          {"bin", or_null(c.bin)},
          {"serialNumber", c.serial_number},
          {"notBefore", format_utc(c.not_before)},
          {"notAfter", format_utc(c.not_after)},
          {"keyUsage", c.key_usage},
          {"keyUser", strings(c.key_user)},
          {"issuer", c.issuer}};
}

json::object to_value(const reference_report& r) {
  json::object out{{"uri", r.uri},
                   {"target", r.target.element ? json::value(to_value(r.target)) : json::value(nullptr)},
                   {"transforms", strings(r.transforms)},
                   {"digestAlgorithm", r.digest_algorithm},
                   {"declared", r.declared},
                   {"computed", or_null(r.computed)},
                   {"canonicalLength", r.canonical_length},
                   {"matches", r.matches}};
  return out;
}

json::value or_null(const std::optional<time_point>& t) { return t ? json::value(format_utc(*t)) : json::value(nullptr); }

json::object to_value(const revocation_report& r) {
  return {{"certificate", or_null(r.certificate)},
          {"by", or_null(r.by)},
          {"revoked", r.revoked ? json::value(*r.revoked) : json::value(nullptr)},
          {"revocationTime", or_null(r.revocation_time)},
          {"reason", or_null(r.reason)},
          {"freshness", {{"thisUpdate", or_null(r.this_update)}, {"nextUpdate", or_null(r.next_update)}}},
          {"source", or_null(r.source)},
          {"problem", or_null(r.problem)}};
}

json::object to_value(const time_stamp_report& t) {
  return {{"genTime", or_null(t.gen_time)},
          {"serialNumber", or_null(t.serial_number)},
          {"policy", or_null(t.policy)},
          {"tsa", or_null(t.tsa)},
          {"hashAlgorithm", or_null(t.hash_algorithm)},
          {"hash", or_null(t.hash)},
          {"indication", name_of(t.verdict)},
          {"problem", or_null(t.problem)}};
}

json::object to_value(const covered_part& p) {
  return {{"xpath", p.xpath},      {"kind", p.kind},     {"line", or_null(p.position.line)}, {"column", or_null(p.position.column)},
          {"signed", p.is_signed}, {"by", or_null(p.by)}};
}

json::object to_value(const cause& c) {
  return {{"cause", c.name},         {"explanation", c.explanation}, {"advice", or_null(c.advice)},
          {"part", or_null(c.part)}, {"where", or_null(c.where)},    {"reproducesDeclaredDigest", c.reproduces_declared_digest}};
}

json::object to_value(const finding& f) {
  return {{"severity", f.level == finding::severity::error ? "error" : "warning"},
          {"code", f.code},
          {"detail", f.detail},
          {"where", or_null(f.where)},
          {"hint", or_null(f.hint)}};
}

json::object to_value(const signature_report&);

template <class T>
json::array values(const std::vector<T>& all) {
  json::array out;
  for (const T& one : all) out.emplace_back(to_value(one));
  return out;
}

json::object to_value(const signature_report& s) {
  return {{"layer", s.layer},
          {"profile", s.profile},
          {"algorithm", or_null(s.algorithm)},
          {"location", to_value(s.location)},
          {"indication", name_of(s.verdict)},
          {"subIndication", or_null(name_of(s.reason))},
          {"references", values(s.references)},
          {"certificate", s.certificate ? json::value(to_value(*s.certificate)) : json::value(nullptr)},
          {"chain", values(s.chain)},
          {"revocation", values(s.revocation)},
          {"timeStamp", s.time_stamp ? json::value(to_value(*s.time_stamp)) : json::value(nullptr)},
          {"signingTime", or_null(s.signing_time)}};
}

}  // namespace

std::string to_json(const report& r) {
  const json::object out{{"indication", name_of(r.verdict)},
                         {"subIndication", or_null(name_of(r.reason))},
                         {"signatures", values(r.signatures)},
                         {"coverage", {{"signed", strings(r.covered)}, {"unsigned", strings(r.uncovered)}, {"parts", values(r.parts)}}},
                         {"causes", values(r.causes)},
                         {"findings", values(r.findings)},
                         {"evaluatedAt", format_utc(r.evaluated_at)}};
  return json::serialize(out);
}

}  // namespace shep::eds
