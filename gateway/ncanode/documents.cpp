#include "ncanode/documents.hpp"

#include "eds/problems.hpp"
#include "eds/sign.hpp"
#include "forensics/explain.hpp"
#include "ncanode/problems.hpp"
#include "xml/extent.hpp"
#include "xml/names.hpp"
#include "xml/text.hpp"

namespace shep::ncanode {
namespace {

problem about_document(const problem& why) {
  return {problems::ncanode_document, why.detail, why.where.empty() ? "xml" : "xml: " + why.where, why.hint};
}

/// XML Signature algorithms that digest with SHA-1, under any of their identifiers.
bool names_sha1(std::string_view uri) { return uri.ends_with("sha1") || uri.ends_with("rsa-sha1"); }

}  // namespace

result<xml::document> admit_text(std::string_view text, const xml::limits& limits) {
  auto document = xml::admit(share(std::string(xml::trimmed(text))), limits);
  if (!document) return about_document(document.error());
  return document;
}

result<xml::document> without_signatures(xml::document document, const xml::limits& limits) {
  while (const xml::element old = document.root().child({xml::ns::ds, "Signature"})) {
    const auto at = xml::extent_of(document, old);
    if (!at) return about_document(at.error());
    const std::string& source = *document.source();
    auto rest = xml::admit(share(source.substr(0, at->begin) + source.substr(at->end)), limits);
    if (!rest) return about_document(rest.error());
    document = std::move(*rest);
  }
  return document;
}

result<std::string> add_signature(shared_bytes document, const crypto::identity& who, const sent_key& k, const xml::limits& limits) {
  eds::business_signing how;
  how.earlier = eds::earlier_signatures::keep;
  if (!k.reference_uri.empty() && k.reference_uri.front() != '#')
    return problem(problems::ncanode_field, "expected \"\" or \"#id\"", k.where + ".referenceUri",
                   "nothing outside the document is ever read");
  if (!k.reference_uri.empty()) how.id = k.reference_uri.substr(1);
  auto made = eds::sign_business(std::move(document), who, how, limits);
  if (!made) return about_document(made.error());
  return made;
}

void explain(verdict& v, const xml::document& document, eds::report& report, const grounds& world, time_point at) {
  if (!v.signatures_hold) {
    forensics::options how;
    how.most = {500, 16 << 20, 50};
    forensics::explain(document.source(), &document, report, *world.trust, world.policy, at, how);
    eds::locate(report, document);
  }
  take_report(v, report);
  refuse_sha1(v, report);
}

void refuse_sha1(verdict& v, const eds::report& report) {
  for (const auto& s : report.signatures) {
    bool sha1 = names_sha1(s.algorithm);
    for (const auto& r : s.references) sha1 = sha1 || names_sha1(r.digest_algorithm);
    if (!sha1) continue;
    v.signatures_hold = false;
    v.indication = eds::indication::total_failed;
    v.sub_indication = eds::name_of(eds::sub_indication::crypto_constraints_failure);
    v.findings.push_back(
        finding_of({problems::signature_constraints, "the signature uses SHA-1, which is not accepted here", s.location.xpath}));
  }
}

}  // namespace shep::ncanode
