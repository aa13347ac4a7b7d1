#include "core/date_time.hpp"
#include "eds/report.hpp"

namespace shep::eds {
namespace {

std::string verdict_line(indication i, sub_indication s) {
  std::string text(name_of(i));
  if (s != sub_indication::none) text += " / " + std::string(name_of(s));
  return text;
}

std::string place(const target_report& t) {
  std::string text = t.xpath;
  if (t.position.line != 0) text += " (line " + std::to_string(t.position.line) + ", column " + std::to_string(t.position.column) + ")";
  return text;
}

void append(std::string& out, const reference_report& r) {
  out += "  reference \"" + r.uri + "\": " + (r.matches ? "digest matches" : "digest differs") + "\n";
  if (r.target.element) out += "    target     " + place(r.target) + "\n";
  out += "    declared   " + r.declared + "\n";
  if (!r.computed.empty()) out += "    computed   " + r.computed + " over " + std::to_string(r.canonical_length) + " canonical octets\n";
}

void append(std::string& out, const signature_report& s) {
  out += "signature (" + s.layer + ", " + s.profile + "): " + verdict_line(s.verdict, s.reason) + "\n";
  out += "  at         " + place(s.location) + "\n";
  if (!s.algorithm.empty()) out += "  algorithm  " + s.algorithm + "\n";
  if (s.certificate) {
    out += "  signer     " + s.certificate->subject + "\n";
    out += "  issuer     " + s.certificate->issuer + "\n";
    out += "  serial     " + s.certificate->serial_number + ", valid " + format_utc(s.certificate->not_before) + " to " +
           format_utc(s.certificate->not_after) + "\n";
  }
  for (const reference_report& r : s.references) append(out, r);
}

}  // namespace

std::string to_text(const report& r) {
  std::string out = verdict_line(r.verdict, r.reason) + "\n";
  for (const signature_report& s : r.signatures) append(out, s);
  for (const std::string& xpath : r.covered) out += "signed     " + xpath + "\n";
  for (const std::string& xpath : r.uncovered) out += "not signed " + xpath + "\n";
  for (const finding& f : r.findings) {
    out += (f.level == finding::severity::error ? "error   " : "warning ") + f.code + ": " + f.detail + "\n";
    if (!f.where.empty()) out += "        at " + f.where + "\n";
    if (!f.hint.empty()) out += "        " + f.hint + "\n";
  }
  out += "evaluated at " + format_utc(r.evaluated_at) + "\n";
  return out;
}

}  // namespace shep::eds
