#include "forensics/explain.hpp"

#include "core/bytes.hpp"
#include "eds/problems.hpp"
#include "eds/signature.hpp"
#include "forensics/certificates.hpp"
#include "forensics/coverage.hpp"
#include "forensics/digest_causes.hpp"
#include "forensics/patterns.hpp"
#include "forensics/signature_causes.hpp"
#include "forensics/subjects.hpp"

#include <algorithm>

namespace shep::forensics {
namespace {

using xml::element;
namespace ns = xml::ns;

/// Everything that stays the same while one report is explained.
struct investigation {
  const xml::document& document;
  eds::report& report;
  const crypto::trust_store& trust;
  const options& how;
  budget& spent;
  bool unexplained = false;
  std::string unexplained_part{};  ///< canonical form of the first part that nothing explains
  std::string where{};             ///< XPath of its signature
};

void add(investigation& i, const steps& found, const std::string& part, const std::string& where, bool proven) {
  for (const step& s : found) {
    std::string text(s.what->explanation);
    if (!s.detail.empty()) text += " " + s.detail;
    if (found.size() > 1 && proven)
      text += &s == &found.front() ? " This is the first of two mistakes that were made together."
                                   : " This is the second of two mistakes that were made together.";
    i.report.causes.push_back({std::string(s.what->name), text, std::string(s.what->advice), part, where, proven});
  }
}

void leave_unexplained(investigation& i, const subject& part, const eds::signature_report& s) {
  if (i.unexplained) return;
  i.unexplained = true;
  i.unexplained_part = canonical_form(part);
  i.where = s.location.xpath;
}

void explain_digests(investigation& i, const eds::signature_report& s, const eds::signature& parsed, std::vector<subject>& parts,
                     std::vector<std::string>& computed) {
  for (const eds::reference& r : parsed.references) {
    const auto line =
        std::find_if(s.references.begin(), s.references.end(), [&](const eds::reference_report& l) { return l.uri == r.uri; });
    parts.push_back(subject_of(i.document, s, r, line == s.references.end() ? nullptr : &*line));
    parts.back().envelope = i.how.envelope;
    const bool judged = line != s.references.end() && !line->computed.empty();
    const auto octets = judged ? from_base64(line->computed) : result<std::string>(std::string());
    computed.push_back(octets ? *octets : std::string());
    if (judged && line->matches) continue;
    const failed_digest failed{r.digest_value, r.digest.algorithm, !judged};
    const steps found = find_digest_mistake(parts.back(), failed, i.spent);
    add(i, found, "Reference " + (r.uri.empty() ? std::string("\"\"") : clipped(r.uri, 80)), s.location.xpath, true);
    if (found.empty()) leave_unexplained(i, parts.back(), s);
  }
}

void explain_value(investigation& i, const eds::signature_report& s, const eds::signature& parsed, std::vector<subject> parts,
                   std::vector<std::string> computed) {
  certificates_at_hand at_hand = find_certificates(i.document, parsed, s, i.trust);
  if (!at_hand.named) return;
  subject info = signed_info_of(i.document, s, parsed);
  info.envelope = i.how.envelope;
  const std::string canonical = canonical_form(info);
  if (canonical.empty() || !i.spent.spend_key_operation()) return;
  if (at_hand.named->key().verify(parsed.method.algorithm, canonical, parsed.value)) return;
  const failed_signature failed{parsed, *at_hand.named, std::move(at_hand.others), std::move(parts), std::move(computed)};
  const steps found = find_signature_mistake(info, failed, i.spent);
  add(i, found, "SignatureValue", s.location.xpath, true);
  if (found.empty()) leave_unexplained(i, info, s);
}

void explain_signature(investigation& i, const eds::signature_report& s) {
  if (s.verdict == eds::indication::total_passed || !s.location.element) return;
  const auto parsed = eds::read_signature(s.location.element);
  if (!parsed) return;
  std::vector<subject> parts;
  std::vector<std::string> computed;
  explain_digests(i, s, *parsed, parts, computed);
  explain_value(i, s, *parsed, std::move(parts), std::move(computed));
}

void add_hints(eds::report& r, const steps& hints, const std::string& where) {
  for (const step& s : hints) {
    const bool known = std::any_of(r.causes.begin(), r.causes.end(), [&](const eds::cause& c) { return c.name == s.what->name; });
    if (known) continue;
    std::string text = "Not proven: " + std::string(s.what->explanation);
    if (!s.detail.empty()) text += " " + s.detail;
    r.causes.push_back({std::string(s.what->name), text, std::string(s.what->advice), "", where, false});
  }
}

}  // namespace

budget explain(const shared_bytes& received, const xml::document* document, eds::report& r, const crypto::trust_store& trust,
               const eds::policy&, time_point, const options& how) {
  budget spent(how.most);
  if (document == nullptr) {
    if (r.verdict != eds::indication::total_passed) add_hints(r, patterns_in(*received, {}), "");
    return spent;
  }
  map_coverage(*document, r);
  if (r.verdict == eds::indication::total_passed) return spent;
  investigation i{*document, r, trust, how, spent};
  for (const eds::signature_report& s : r.signatures) explain_signature(i, s);
  if (i.unexplained) add_hints(r, patterns_in(*received, i.unexplained_part), i.where);
  if (spent.exhausted())
    r.findings.push_back({eds::finding::severity::warning, std::string(problems::search_limit.name),
                          "the search for the cause stopped after " + std::to_string(spent.candidates()) + " candidates, " +
                              std::to_string(spent.octets()) + " octets and " + std::to_string(spent.key_operations()) +
                              " signature checks",
                          i.where, "try a smaller part of the message"});
  return spent;
}

}  // namespace shep::forensics
