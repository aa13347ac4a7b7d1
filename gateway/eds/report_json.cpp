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

json::object to_value(const signature_report& s) {
  json::array references;
  for (const reference_report& r : s.references) references.emplace_back(to_value(r));
  json::array chain;
  for (const certificate_report& c : s.chain) chain.emplace_back(to_value(c));
  return {{"layer", s.layer},
          {"profile", s.profile},
          {"algorithm", or_null(s.algorithm)},
          {"location", to_value(s.location)},
          {"indication", name_of(s.verdict)},
          {"subIndication", or_null(name_of(s.reason))},
          {"references", std::move(references)},
          {"certificate", s.certificate ? json::value(to_value(*s.certificate)) : json::value(nullptr)},
          {"chain", std::move(chain)},
          {"revocation", json::array()},
          {"timeStamp", nullptr},
          {"signingTime", nullptr}};
}

json::object to_value(const finding& f) {
  return {{"severity", f.level == finding::severity::error ? "error" : "warning"},
          {"code", f.code},
          {"detail", f.detail},
          {"where", or_null(f.where)},
          {"hint", or_null(f.hint)}};
}

}  // namespace

std::string to_json(const report& r) {
  json::array signatures;
  for (const signature_report& s : r.signatures) signatures.emplace_back(to_value(s));
  json::array findings;
  for (const finding& f : r.findings) findings.emplace_back(to_value(f));
  const json::object out{{"indication", name_of(r.verdict)},
                         {"subIndication", or_null(name_of(r.reason))},
                         {"signatures", std::move(signatures)},
                         {"coverage", {{"signed", strings(r.covered)}, {"unsigned", strings(r.uncovered)}}},
                         {"causes", json::array()},
                         {"findings", std::move(findings)},
                         {"evaluatedAt", format_utc(r.evaluated_at)}};
  return json::serialize(out);
}

}  // namespace shep::eds
