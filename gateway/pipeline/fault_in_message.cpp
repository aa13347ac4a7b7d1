#include "pipeline/fault_in_message.hpp"

#include "faults/problems.hpp"
#include "pipeline/answer.hpp"
#include "pipeline/fault_keys.hpp"
#include "pipeline/text_faults.hpp"

namespace shep::pipeline {
namespace {

using faults::kind;

bool asked_for(const exchange& x, kind k) { return x.injected && x.injected->what.what == k; }

void did(exchange& x, bool done, std::string_view otherwise) {
  x.injected->applied = done;
  if (!done) x.injected->why_not = otherwise;
}

constexpr std::string_view no_data = "the answer carries no business document";
constexpr std::string_view not_signed = "the answer would not be signed";

problem the_fault(exchange& x, std::string code, std::string message, std::string data, const std::string& session_id) {
  x.fault = protocol::fault{std::move(code), std::move(message), std::move(data), x.now, session_id};
  x.injected->applied = true;
  return {problems::reply_is_fault, x.fault->message};
}

}  // namespace

bool is_made_inside(const exchange& x) {
  if (!x.injected) return false;
  const faults::row& row = faults::row_of(x.injected->what.what);
  return row.spoils_an_answer && (row.where == faults::layer::soap || row.where == faults::layer::signature) && row.what != kind::not_xml;
}

std::optional<problem> fault_instead(exchange& x, const std::string& session_id) {
  const auto usual = [&](protocol::fault_event e) -> const auto& { return x.world->faults.at(e); };
  const faults::injection& what = x.injected->what;
  if (what.what == kind::fault_errorinfo) {
    const auto& row = usual(protocol::fault_event::internal_error);
    return the_fault(x, what.code.empty() ? row.code : what.code, what.message.empty() ? row.message : what.message, what.data, session_id);
  }
  if (what.what != kind::soap_version_mismatch && what.what != kind::must_understand) return std::nullopt;
  const auto& row =
      usual(what.what == kind::must_understand ? protocol::fault_event::must_understand : protocol::fault_event::version_mismatch);
  return the_fault(x, row.code, row.message, {}, session_id);
}

void spoil_document(exchange& x) {
  if (asked_for(x, kind::inner_signature_missing)) {
    did(x, x.reply->sign_business && !x.reply->document.empty(), "the business document would not be signed");
    x.reply->sign_business = false;
  } else if (asked_for(x, kind::inner_signature_broken)) {
    did(x, !x.reply->document.empty(), no_data);
    x.reply->sign_business = true;
  } else if (asked_for(x, kind::wrong_payload_namespace)) {
    did(x, !x.reply->document.empty() && give_other_namespace(x.reply->document), no_data);
  }
}

void spoil_business_signature(exchange& x, std::string& text) {
  if (asked_for(x, kind::inner_signature_broken)) did(x, alter_signature_value(text), no_data);
}

void spoil_fields(exchange& x, protocol::sync_response& r, ids& fresh) {
  if (asked_for(x, kind::wrong_correlation_id)) {
    r.correlation_id = fresh.uuid();
    did(x, true, {});
  } else if (asked_for(x, kind::wrong_message_id)) {
    r.message_id = x.request->message_id;
    did(x, true, {});
  } else if (asked_for(x, kind::two_payloads)) {
    did(x, !r.data.document.empty(), no_data);
    r.data.document += std::string(r.data.document);
    r.data.canonical += std::string(r.data.canonical);
  }
}

void spoil_rendered(exchange& x, eds::rendered_message& m) {
  if (!asked_for(x, kind::missing_status)) return;
  const bool in_text = leave_out_status(m.text);
  const bool in_canonical = leave_out_status(m.canonical_body);
  did(x, in_text && in_canonical, "the answer has no status");
}

result<std::shared_ptr<const crypto::identity>> transport_signer(exchange& x, bool is_signed) {
  const std::shared_ptr<const crypto::identity> nobody;
  if (asked_for(x, kind::signature_missing)) {
    did(x, is_signed, not_signed);
    return nobody;
  }
  if (!is_signed) {
    if (x.injected && needs_key(x.injected->what.what)) did(x, false, not_signed);
    return nobody;
  }
  if (!x.injected || !needs_key(x.injected->what.what)) return x.world->signer;
  if (!x.world->fault_keys) return problem(problems::fault_key, "there is no test PKI to take the key from");
  auto key = x.world->fault_keys->signer_for(x.injected->what.what, *x.world->signer);
  if (key) did(x, true, {});
  return key;
}

void spoil_text(exchange& x, std::string& text, bool is_signed) {
  if (!x.injected) return;
  const std::string& soap = x.world->style.soap_prefix;
  switch (x.injected->what.what) {
    case kind::signature_digest_mismatch: return did(x, is_signed && alter_message_id(text), not_signed);
    case kind::signature_value_mismatch: return did(x, is_signed && alter_signature_value(text), not_signed);
    case kind::signature_wrapped: return did(x, is_signed && wrap_signed_body(text, soap), not_signed);
    case kind::duplicate_body: return did(x, double_body(text, soap), "the answer has no Body");
    case kind::truncated_xml: text.resize(text.size() / 2); return did(x, true, {});
    default: return;
  }
}

}  // namespace shep::pipeline
