#include "pipeline/answer.hpp"

#include "eds/problems.hpp"
#include "eds/sign.hpp"
#include "pipeline/contract_stages.hpp"
#include "pipeline/fault_in_message.hpp"
#include "pipeline/passed_on.hpp"
#include "protocol/response.hpp"

namespace shep::pipeline {
namespace {

using protocol::carrier;

carrier carrier_for(const exchange& x) {
  if (x.reply->form) return *x.reply->form;
  const carrier asked = x.request->data.form;
  const bool says_nothing = asked == carrier::none || asked == carrier::plain_text;
  return says_nothing ? carrier::escaped_text : asked;
}

bool sign_transport(const exchange& x) {
  const bool asked_signed = x.message->how() == eds::verified::assurance::signature;
  return x.reply->sign_transport.value_or(asked_signed);
}

const crypto::identity* business_key(const exchange& x) { return x.route->key ? x.route->key.get() : x.world->signer.get(); }

problem no_key(std::string_view what) {
  return {problems::signing_failed, "the " + std::string(what) + " must be signed and no key is configured", {}, "configure signing.key"};
}

result<protocol::response_data> business_data(exchange& x) {
  spoil_document(x);
  if (x.reply->document.empty()) return protocol::response_data{};
  auto data = protocol::shape_document(x.reply->document, carrier_for(x), {x.reply->type, x.reply->type_space}, x.world->style);
  if (!data || !x.reply->sign_business) return data;
  const crypto::identity* key = business_key(x);
  if (key == nullptr) return no_key("business data");
  auto signed_document = eds::sign_business(share(std::move(data->document)), *key);
  if (!signed_document) return signed_document.error();
  spoil_business_signature(x, *signed_document);
  return protocol::response_data{data->form, std::move(*signed_document), {}};
}

bool is_braced_guid(std::string_view id) {
  return id.size() == 38 && id.front() == '{' && id.back() == '}' && protocol::is_guid(id.substr(1, 36));
}

/// The session of the answer: the request's own when it has one, braced as the schema wants it, else a new one.
std::string session_of(const exchange& x, ids& fresh) {
  const std::string_view asked = x.request ? std::string_view(x.request->session_id) : std::string_view();
  if (is_braced_guid(asked)) return std::string(asked);
  if (protocol::is_guid(asked)) return "{" + std::string(asked) + "}";
  return fresh.braced_uuid();
}

/// A body that a mapping wrote whole need not be a message: there is nothing in it that a fault could know.
shared_bytes verbatim(exchange& x) {
  if (is_made_inside(x)) x.injected->why_not = "the mapping's body is sent verbatim";
  return share(x.reply->document);
}

}  // namespace

result<shared_bytes> render_answer(exchange& x, ids& fresh) {
  if (!x.injected && x.reply->injected) x.injected = injected_fault{*x.reply->injected, faults::origin::mapping};
  if (x.injected)
    if (auto instead = fault_instead(x, session_of(x, fresh))) return std::move(*instead);
  if (x.reply->fault) {
    const auto& f = *x.reply->fault;
    x.fault = protocol::fault{f.code, f.message, f.data, x.now, session_of(x, fresh)};
    return problem(problems::reply_is_fault, f.message);
  }
  if (x.reply->octets) return pass_on(x, fresh);
  if (x.reply->http && x.reply->http->verbatim) return verbatim(x);
  auto data = business_data(x);
  if (!data) return data.error();
  if (const auto ok = check_answer_contract(x, *data); !ok) return ok.error();
  protocol::sync_response r;
  r.message_id = fresh.uuid();
  r.correlation_id = x.request->message_id;
  r.response_date = x.now;
  r.status_code = x.reply->status_code.empty() ? x.world->success_code : x.reply->status_code;
  r.status_message = x.reply->status_message.empty() ? x.world->success_message : x.reply->status_message;
  r.session_id = session_of(x, fresh);
  r.data = std::move(*data);
  const bool is_signed = sign_transport(x);
  if (is_signed && !x.world->signer) return no_key("answer");
  if (is_signed)
    if (const auto ok = protocol::canonicalize(r.data, x.world->style); !ok) return ok.error();
  spoil_fields(x, r, fresh);
  eds::rendered_message rendered = protocol::render_response(r, x.world->style, "id-" + fresh.hex());
  spoil_rendered(x, rendered);
  const auto signer = transport_signer(x, is_signed);
  if (!signer) return signer.error();
  std::string text;
  if (!*signer) {
    text = std::move(rendered.text);
  } else {
    auto signed_message = eds::sign_rendered(rendered, **signer, x.world->profile, fresh);
    if (!signed_message) return signed_message.error();
    text = std::move(*signed_message);
  }
  spoil_text(x, text, *signer != nullptr);
  return share(std::move(text));
}

void render_failure(exchange& x, const problem& why, ids& fresh) {
  x.failure = why;
  if (!x.fault) x.fault = protocol::fault_for(why, x.layer, x.world->faults, x.id, x.now, session_of(x, fresh));
  const bool as_received = why.code == problems::reply_is_fault && x.reply && x.reply->octets;
  x.answer = as_received ? x.reply->octets : share(protocol::render_fault(*x.fault, x.world->style));
  x.http_status = 500;
}

}  // namespace shep::pipeline
