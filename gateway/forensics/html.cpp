#include "forensics/html.hpp"

#include "core/bytes.hpp"
#include "core/date_time.hpp"
#include "crypto/digest.hpp"
#include "forensics/html_octets.hpp"
#include "forensics/html_style.hpp"
#include "forensics/visible.hpp"

namespace shep::forensics {
namespace {

std::string tagged(std::string_view name, std::string_view text) {
  return "<" + std::string(name) + ">" + html_text(text) + "</" + std::string(name) + ">\n";
}

std::string row(std::string_view label, std::string_view value) {
  return value.empty() ? "" : "<dt>" + html_text(label) + "</dt><dd>" + html_text(value) + "</dd>\n";
}

std::string at(const xml::position& p) {
  return p.line == 0 ? "" : " (line " + std::to_string(p.line) + ", column " + std::to_string(p.column) + ")";
}

std::string verdict_text(eds::indication i, eds::sub_indication s) {
  std::string out(eds::name_of(i));
  if (s != eds::sub_indication::none) out += " / " + std::string(eds::name_of(s));
  return out;
}

std::string_view colour_of(eds::indication i) {
  return i == eds::indication::total_passed ? "passed" : i == eds::indication::total_failed ? "failed" : "undecided";
}

std::string section(const eds::cause& c) {
  std::string out = c.reproduces_declared_digest ? "<div class=\"cause\">" : "<div class=\"hint\">";
  out += "<p><span class=\"name\">" + html_text(c.name) + "</span> \xE2\x80\x94 " +
         (c.reproduces_declared_digest ? "proven: made again, the mistake gives what the signature declares" : "a hint, not proven") +
         "</p>\n";
  out += tagged("p", c.explanation);
  out += "<dl>" + row("What to do", c.advice) + row("In", c.part) + row("Signature", c.where) + "</dl></div>\n";
  return out;
}

std::string section(const eds::reference_report& r, const page_options& o) {
  std::string out = "<h3>Reference \"" + html_text(r.uri) + "\": " +
                    (r.matches            ? "digest matches"
                     : r.computed.empty() ? "no digest computed"
                                          : "digest differs") +
                    "</h3>\n<dl>";
  out += row("Target", r.target.xpath + at(r.target.position));
  std::string transforms;
  for (const std::string& t : r.transforms) transforms += (transforms.empty() ? "" : ", ") + t;
  out += row("Transforms", transforms) + row("Digest", r.digest_algorithm) + row("Declared", r.declared) + row("Computed", r.computed);
  out += row("Octets", std::to_string(r.canonical_length)) + "</dl>\n";
  if (!r.canonical.empty()) out += "<p>Canonical octets:</p>\n" + octets_block(r.canonical, o.most_shown);
  return out;
}

std::string rows_of(const eds::certificate_report& c) {
  std::string use = c.key_usage;
  for (const std::string& role : c.key_user) use += ", " + role;
  return row("Signer", c.subject) + row("IIN", c.iin) + row("BIN", c.bin) + row("Issuer", c.issuer) +
         row("Serial number", c.serial_number) + row("Valid", format_utc(c.not_before) + " to " + format_utc(c.not_after)) +
         row("Key", use);
}

std::string rows_of(const eds::revocation_report& r) {
  std::string text = (r.by.empty() ? "nobody asked" : r.by) + (!r.revoked ? ": not decided" : *r.revoked ? ": revoked" : ": good");
  if (r.revocation_time) text += " since " + format_utc(*r.revocation_time);
  for (const std::string& more : {r.reason, r.certificate, r.source, r.problem})
    if (!more.empty()) text += "; " + more;
  if (r.this_update) text += "; as of " + format_utc(*r.this_update);
  if (r.next_update) text += "; next " + format_utc(*r.next_update);
  return row("Revocation", text);
}

std::string rows_of(const eds::time_stamp_report& t) {
  std::string text(eds::name_of(t.verdict));
  if (t.gen_time) text += "; " + format_utc(*t.gen_time);
  for (const std::string& more : {t.tsa, t.serial_number, t.policy, t.hash_algorithm, t.hash, t.problem})
    if (!more.empty()) text += "; " + more;
  return row("Time stamp", text);
}

std::string section(const eds::signature_report& s, const page_options& o) {
  std::string out = "<h2>Signature: " + html_text(s.layer) + ", " + html_text(s.profile) + "</h2>\n<p class=\"verdict " +
                    std::string(colour_of(s.verdict)) + "\">" + html_text(verdict_text(s.verdict, s.reason)) + "</p>\n<dl>";
  out += row("At", s.location.xpath + at(s.location.position)) + row("Algorithm", s.algorithm);
  if (s.certificate) out += rows_of(*s.certificate);
  for (const eds::certificate_report& c : s.chain) out += row("Chain", c.subject + ", serial number " + c.serial_number);
  if (s.signing_time) out += row("Signed at", format_utc(*s.signing_time) + " (as the signer says)");
  for (const eds::revocation_report& r : s.revocation) out += rows_of(r);
  if (s.time_stamp) out += rows_of(*s.time_stamp);
  out += "</dl>\n";
  for (const eds::reference_report& r : s.references) out += section(r, o);
  return out;
}

std::string coverage(const eds::report& r, const page_options& o) {
  std::string out =
      "<h2>What is signed</h2>\n<table><tr><th>Part</th><th>Signed</th><th>XPath</th><th>Line</th><th>Column</th><th>By</th></tr>\n";
  for (const eds::covered_part& p : r.parts) {
    const bool known = p.position.line != 0;
    out += "<tr><td>" + html_text(p.kind) + "</td><td class=\"" + (p.is_signed ? "s\">yes" : "u\">no") + "</td><td>" + html_text(p.xpath) +
           "</td><td>" + (known ? std::to_string(p.position.line) : "") + "</td><td>" + (known ? std::to_string(p.position.column) : "") +
           "</td><td>" + html_text(p.by) + "</td></tr>\n";
  }
  out += "</table>\n";
  if (o.document == nullptr) return out;
  return out +
         "<p><span class=\"s\">Signed</span> and <span class=\"u\">not signed</span> parts of the message; numbers are line and "
         "column.</p>\n" +
         source_block(*o.document->source(), r.parts, o.most_shown);
}

std::string findings(const eds::report& r) {
  if (r.findings.empty()) return "";
  std::string out = "<h2>Findings</h2>\n<table><tr><th>Severity</th><th>Code</th><th>What</th><th>Where</th><th>What to do</th></tr>\n";
  for (const eds::finding& f : r.findings)
    out += std::string("<tr><td>") + (f.level == eds::finding::severity::error ? "error" : "warning") + "</td><td>" + html_text(f.code) +
           "</td><td>" + html_text(f.detail) + "</td><td>" + html_text(f.where) + "</td><td>" + html_text(f.hint) + "</td></tr>\n";
  return out + "</table>\n";
}

}  // namespace

std::string to_html(const eds::report& r, const page_options& o) {
  const std::string hash = to_base64(crypto::digest(crypto::digest_algorithm::sha256, page_style));
  const std::string title = "Signature report" + (o.title.empty() ? "" : ": " + html_text(o.title));
  std::string out =
      "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" "
      "content=\"default-src 'none'; style-src 'sha256-" +
      hash + "'\">\n<meta name=\"viewport\" content=\"width=device-width\">\n<title>" + title + "</title>\n<style>" +
      std::string(page_style) + "</style></head><body>\n<h1>" + title + "</h1>\n";
  out += "<p class=\"verdict " + std::string(colour_of(r.verdict)) + "\">" + html_text(verdict_text(r.verdict, r.reason)) + "</p>\n";
  if (!r.causes.empty()) out += "<h2>Why</h2>\n";
  for (const eds::cause& c : r.causes) out += section(c);
  out += findings(r);
  for (const eds::signature_report& s : r.signatures) out += section(s, o);
  if (o.their_canonical != nullptr)
    out += "<h2>Their canonical octets beside ours</h2>\n<pre>" + html_text(to_text(*o.their_canonical), true) + "</pre>\n";
  out += coverage(r, o);
  out += "<p>Evaluated at " + format_utc(r.evaluated_at) + ".</p>\n</body></html>\n";
  return out;
}

}  // namespace shep::forensics
