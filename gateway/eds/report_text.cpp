#include "core/date_time.hpp"
#include "eds/printable.hpp"
#include "eds/report.hpp"

#include <algorithm>

namespace shep::eds {
namespace {

constexpr std::size_t label_width = 12, page_width = 110;

std::string verdict_line(indication i, sub_indication s) {
  std::string text(name_of(i));
  if (s != sub_indication::none) text += " / " + std::string(name_of(s));
  return text;
}

std::string position(const xml::position& p) {
  return p.line == 0 ? "" : " (line " + std::to_string(p.line) + ", column " + std::to_string(p.column) + ")";
}

std::string place_of(const target_report& t) { return t.xpath + position(t.position); }

std::size_t characters_in(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

/// A label and its value in a column, broken between words.
class lines {
 public:
  void heading(std::string_view text) { out_ += printable(text) + "\n"; }
  void gap() { out_ += "\n"; }

  void line(std::size_t indent, std::string_view label, std::string_view value) {
    const std::string text = printable(value);
    std::string at(indent, ' ');
    at += label;
    const std::size_t column = indent + label_width;
    at.resize(std::max(column, at.size() + 1), ' ');
    std::size_t used = at.size();
    bool first = true;
    for (std::size_t i = 0; i < text.size();) {
      const std::size_t end = std::min(text.find(' ', i), text.size());
      const std::string word = text.substr(i, end - i);
      const std::size_t width = characters_in(word);
      if (!first && used + 1 + width > page_width) {
        at += "\n" + std::string(column, ' ');
        used = column;
        first = true;
      }
      if (!first) {
        at += ' ';
        ++used;
      }
      at += word;
      used += width;
      first = false;
      i = end + 1;
    }
    out_ += at + "\n";
  }

  std::string take() { return std::move(out_); }

 private:
  std::string out_;
};

void append(lines& out, const cause& c) {
  out.line(0, c.reproduces_declared_digest ? "CAUSE" : "hint",
           c.name + (c.reproduces_declared_digest ? " (proven: made again, it gives what the signature declares)" : " (not proven)"));
  if (!c.part.empty()) out.line(2, "in", c.part + (c.where.empty() ? "" : " of " + c.where));
  out.line(2, "what", c.explanation);
  if (!c.advice.empty()) out.line(2, "do", c.advice);
  out.gap();
}

void append(lines& out, const reference_report& r) {
  out.line(2, "reference",
           "\"" + r.uri + "\": " +
               (r.matches            ? "digest matches"
                : r.computed.empty() ? "no digest computed"
                                     : "digest differs"));
  if (r.target.element || !r.target.xpath.empty()) out.line(4, "target", place_of(r.target));
  if (!r.digest_algorithm.empty()) out.line(4, "digest", r.digest_algorithm);
  out.line(4, "declared", r.declared);
  if (!r.computed.empty()) out.line(4, "computed", r.computed + " over " + std::to_string(r.canonical_length) + " canonical octets");
}

void append(lines& out, const certificate_report& c) {
  out.line(2, "signer", c.subject);
  out.line(2, "issuer", c.issuer);
  out.line(2, "serial", c.serial_number + ", valid " + format_utc(c.not_before) + " to " + format_utc(c.not_after));
  std::string use = c.key_usage;
  for (const std::string& role : c.key_user) use += ", " + role;
  if (!use.empty()) out.line(2, "key", use);
}

void append(lines& out, const revocation_report& r) {
  std::string text = r.by.empty() ? "not asked" : r.by;
  text += !r.revoked ? ": not decided" : *r.revoked ? ": REVOKED" : ": good";
  if (r.revocation_time) text += " since " + format_utc(*r.revocation_time);
  if (!r.reason.empty()) text += ", " + r.reason;
  if (r.this_update) text += ", as of " + format_utc(*r.this_update);
  if (r.next_update) text += ", next " + format_utc(*r.next_update);
  if (!r.source.empty()) text += ", from " + r.source;
  if (!r.certificate.empty()) text += "; " + r.certificate;
  if (!r.problem.empty()) text += "; " + r.problem;
  out.line(2, "revocation", text);
}

void append(lines& out, const time_stamp_report& t) {
  std::string text = std::string(name_of(t.verdict));
  if (t.gen_time) text += ", made at " + format_utc(*t.gen_time);
  if (!t.tsa.empty()) text += " by " + t.tsa;
  if (!t.serial_number.empty()) text += ", serial " + t.serial_number;
  if (!t.policy.empty()) text += ", policy " + t.policy;
  if (!t.problem.empty()) text += "; " + t.problem;
  out.line(2, "time stamp", text);
}

void append(lines& out, const signature_report& s) {
  out.heading("signature (" + s.layer + ", " + s.profile + "): " + verdict_line(s.verdict, s.reason));
  if (!s.location.xpath.empty()) out.line(2, "at", place_of(s.location));
  if (!s.algorithm.empty()) out.line(2, "algorithm", s.algorithm);
  if (s.certificate) append(out, *s.certificate);
  if (s.signing_time) out.line(2, "signed at", format_utc(*s.signing_time) + " (as the signer says)");
  for (const reference_report& r : s.references) append(out, r);
  for (const revocation_report& r : s.revocation) append(out, r);
  if (s.time_stamp) append(out, *s.time_stamp);
  out.gap();
}

void append_coverage(lines& out, const report& r) {
  if (r.parts.empty()) {
    for (const std::string& xpath : r.covered) out.line(0, "signed", xpath);
    for (const std::string& xpath : r.uncovered) out.line(0, "not signed", xpath);
    return;
  }
  for (const covered_part& p : r.parts) out.line(0, p.is_signed ? "signed" : "not signed", p.kind + "  " + p.xpath + position(p.position));
}

}  // namespace

std::string to_text(const report& r) {
  lines out;
  out.heading(verdict_line(r.verdict, r.reason));
  out.gap();
  for (const cause& c : r.causes) append(out, c);
  for (const finding& f : r.findings) {
    out.line(0, f.level == finding::severity::error ? "error" : "warning", f.code + ": " + f.detail);
    if (!f.where.empty()) out.line(2, "at", f.where);
    if (!f.hint.empty()) out.line(2, "do", f.hint);
  }
  if (!r.findings.empty()) out.gap();
  for (const signature_report& s : r.signatures) append(out, s);
  append_coverage(out, r);
  out.line(0, "evaluated", "at " + format_utc(r.evaluated_at));
  return out.take();
}

}  // namespace shep::eds
