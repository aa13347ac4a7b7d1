#include "cli/verifying.hpp"

#include "protocol/read_message.hpp"
#include "xml/document.hpp"

namespace shep::cli {
namespace {

eds::report refused(const problem& why, time_point at) {
  eds::report r;
  r.verdict = eds::indication::total_failed;
  r.reason = eds::sub_indication::format_failure;
  r.evaluated_at = at;
  r.findings.push_back({eds::finding::severity::error, std::string(why.code.name), why.detail, why.where, why.hint});
  return r;
}

int rank(eds::indication i) { return i == eds::indication::total_failed ? 2 : i == eds::indication::indeterminate ? 1 : 0; }

void add_business(eds::report& whole, eds::report inner) {
  if (rank(inner.verdict) > rank(whole.verdict)) {
    whole.verdict = inner.verdict;
    whole.reason = inner.reason;
  }
  whole.signatures.insert(whole.signatures.end(), std::make_move_iterator(inner.signatures.begin()),
                          std::make_move_iterator(inner.signatures.end()));
  whole.findings.insert(whole.findings.end(), std::make_move_iterator(inner.findings.begin()),
                        std::make_move_iterator(inner.findings.end()));
}

bool is_envelope(xml::element root) { return root.is({xml::ns::soap11, "Envelope"}) || root.is({xml::ns::soap12, "Envelope"}); }

}  // namespace

eds::report verify_anything(shared_bytes bytes, const crypto::trust_store& trust, const eds::policy& rules, time_point at) {
  const auto document = xml::admit(std::move(bytes));
  if (!document) return refused(document.error(), at);
  if (!is_envelope(document->root())) {
    eds::report r = eds::verify_business(*document, trust, rules, at).report;
    eds::locate(r, *document);
    return r;
  }
  eds::report r = eds::verify_message(*document, trust, rules, at).report;
  eds::locate(r, *document);
  const auto data = protocol::find_business_data(*document);
  if (!data) return r;
  const xml::element payload = data->payload();
  if (!payload || !payload.child({xml::ns::ds, "Signature"})) return r;
  eds::report inner =
      data->inner ? eds::verify_business(*data->inner, trust, rules, at).report : eds::verify_business(payload, trust, rules, at).report;
  eds::locate(inner, data->inner ? *data->inner : *document);
  add_business(r, std::move(inner));
  return r;
}

}  // namespace shep::cli
