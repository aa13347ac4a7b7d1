#include "forensics/coverage.hpp"

#include "forensics/octet_search.hpp"
#include "xml/extent.hpp"
#include "xml/names.hpp"

#include <algorithm>

namespace shep::forensics {
namespace {

using xml::element;
namespace ns = xml::ns;

constexpr std::size_t most_parts = 64;

struct part {
  element where;
  std::string kind;
};

class listing {
 public:
  void add(element e, std::string kind) {
    if (e && parts.size() < most_parts) parts.push_back({e, std::move(kind)});
  }
  void children(element parent, const std::string& kind) {
    for (element e = parent.first_child(); e && parts.size() < most_parts; e = e.next_sibling())
      add(e, e.is({ns::ds, "Signature"}) ? "Signature" : kind);
  }

  std::vector<part> parts;
};

std::string kind_of_header(element e) {
  if (e.is({ns::wsse, "Security"})) return "Security header";
  if (e.is({ns::ds, "Signature"})) return "Signature";
  return "Header block";
}

std::string kind_in_security(element e) {
  if (e.is({ns::wsu, "Timestamp"})) return "Timestamp";
  if (e.is({ns::ds, "Signature"})) return "Signature";
  if (e.is({ns::wsse, "BinarySecurityToken"})) return "Certificate token";
  return "Security part";
}

bool is_payload(element e) { return e.local_name() == "data" || e.local_name() == "Data" || e.local_name() == "businessData"; }

std::vector<part> parts_of(element root) {
  listing out;
  const bool envelope = root.is({ns::soap11, "Envelope"}) || root.is({ns::soap12, "Envelope"});
  if (!envelope) {
    out.add(root, "Document");
    out.children(root, "Element");
    return std::move(out.parts);
  }
  out.add(root, "Envelope");
  for (element child = root.first_child(); child; child = child.next_sibling()) {
    if (child.local_name() == "Header") {
      for (element block = child.first_child(); block; block = block.next_sibling()) {
        const std::string kind = kind_of_header(block);
        out.add(block, kind);
        if (kind != "Security header") continue;
        for (element e = block.first_child(); e; e = e.next_sibling()) out.add(e, kind_in_security(e));
      }
      continue;
    }
    out.add(child, child.local_name() == "Body" ? "Body" : "Part of the envelope");
    std::size_t seen = 0;
    for (element e = child.first_child(); e && seen < 20'000; e = e.next_in_document(child), ++seen) {
      if (is_payload(e)) out.add(e, "business payload");
      else if (e.is({ns::ds, "Signature"})) out.add(e, "Signature");
    }
  }
  return std::move(out.parts);
}

/// The signature of the report that covers the element with everything in it; null when none does.
const eds::signature_report* covering(element e, const eds::report& r) {
  for (const eds::signature_report& s : r.signatures) {
    if (s.verdict != eds::indication::total_passed) continue;
    for (const eds::reference_report& line : s.references) {
      if (!line.matches || !line.target.element || !is_inside(e, line.target.element)) continue;
      const bool enveloped = s.location.element && is_inside(s.location.element, line.target.element);
      if (enveloped && is_inside(e, s.location.element)) continue;
      return &s;
    }
  }
  return nullptr;
}

}  // namespace

void map_coverage(const xml::document& d, eds::report& r) {
  const std::vector<part> parts = parts_of(d.root());
  std::vector<element> elements;
  for (const part& p : parts) elements.push_back(p.where);
  const auto spans = xml::spans_of(d, elements);
  r.parts.clear();
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const eds::signature_report* by = covering(parts[i].where, r);
    r.parts.push_back(
        {parts[i].where.xpath(), parts[i].kind, spans[i].begin, spans[i].end, by != nullptr, by != nullptr ? by->location.xpath : ""});
  }
}

}  // namespace shep::forensics
