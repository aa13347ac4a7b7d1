#include "pipeline/stages.hpp"

#include "eds/envelope.hpp"
#include "eds/problems.hpp"
#include "protocol/problems.hpp"
#include "protocol/soap_headers.hpp"
#include "xml/text.hpp"

namespace shep::pipeline {
namespace {

/// The serviceId of a message that was not believed, to tell "unknown service" from "wrong signature" and for nothing else.
std::string unverified_service_id(const xml::document& document) {
  const auto parts = eds::read_envelope(document);
  if (!parts) return {};
  for (xml::element e = parts->body; e; e = e.next_in_document(parts->body))
    if (e.local_name() == "serviceId") return std::string(xml::trimmed(xml::text_of(e)));
  return {};
}

eds::policy in_detail(eds::policy rules) {
  rules.detailed = true;
  return rules;
}

}  // namespace

result<void> admit(exchange& x) {
  auto document = xml::admit(x.received, x.world->limits, x.transport_charset);
  if (!document) return document.error();
  x.document = std::move(*document);
  const auto parts = eds::read_envelope(*x.document);
  if (!parts) return parts.error();
  return protocol::check_soap_headers(*parts);
}

result<void> verify(exchange& x) {
  eds::verification v = eds::verify_message(*x.document, *x.world->trust, x.world->signatures, x.now);
  if (!v.message) {
    v = eds::verify_message(*x.document, *x.world->trust, in_detail(x.world->signatures), x.now);
  }
  x.transport = std::move(v.report);
  if (v.message) {
    x.message = std::move(v.message);
    return {};
  }
  if (v.failure.code == problems::signature_missing) {
    auto message = eds::accept_without_signature(*x.document);
    if (message) {
      x.message = std::move(*message);
      return {};
    }
  }
  if (x.world->service_before_signature) {
    const std::string service = unverified_service_id(*x.document);
    if (!x.world->routes.knows(service)) return x.world->routes.choose(service, {}, {}).error();
  }
  return v.failure;
}

result<void> read(exchange& x) {
  auto request = protocol::read_request(*x.message, x.world->mode, xml::remaining(x.world->limits, x.document->used()));
  if (!request) return request.error();
  x.request = std::move(*request);
  return {};
}

result<void> choose_route(exchange& x) {
  const auto route = x.world->routes.choose(x.request->service_id, x.request->route_id, x.request->sender_id);
  if (!route) return route.error();
  x.route = *route;
  if (x.route->signature_required && x.message->how() == eds::verified::assurance::accepted_unsigned) {
    const auto& why = x.transport.findings.front();
    return problem(problems::signature_missing, why.detail, why.where, why.hint);
  }
  return {};
}

result<void> admit_sender(exchange& x) {
  return x.world->senders.admit(x.request->sender_id, x.request->password, x.request->service_id, x.message->signer());
}

result<void> verify_business_data(exchange& x) {
  if (x.route->business == routing::business_signature::ignored) return {};
  x.layer = protocol::layer::business;
  const auto& data = x.request->data;
  const xml::element payload = data.payload();
  const bool required = x.route->business == routing::business_signature::required;
  const bool present = payload && payload.child({xml::ns::ds, "Signature"});
  if (!present && !required) {
    x.layer = protocol::layer::transport;
    return {};
  }
  if (!payload)
    return problem(problems::signature_missing, "there is no business document that could carry a signature", "requestData/data");
  const eds::policy rules = in_detail(x.world->signatures);
  auto v = data.inner ? eds::verify_business(*data.inner, *x.world->trust, rules, x.now)
                      : eds::verify_business(payload, *x.world->trust, rules, x.now);
  x.business = std::move(v.report);
  if (!v.passed) return v.failure;
  x.layer = protocol::layer::transport;
  return {};
}

boost::asio::awaitable<result<void>> ask_adapter(exchange& x) {
  const auto found = x.world->adapters.find(x.route->adapter);
  if (found == x.world->adapters.end())
    co_return problem(problems::internal, "the adapter '" + x.route->adapter + "' of route '" + x.route->name() + "' does not exist");
  const bool is_signed = x.message->how() == eds::verified::assurance::signature;
  const adapters::call call{*x.request,
                            *x.route,
                            x.message->body(),
                            is_signed ? eds::name_of(x.transport.verdict) : std::string_view(),
                            x.business ? eds::name_of(x.business->verdict) : std::string_view(),
                            x.now,
                            std::chrono::steady_clock::now() + x.world->adapter_timeout};
  auto reply = co_await found->second->handle(call);
  if (!reply) co_return reply.error();
  x.reply = std::move(*reply);
  co_return result<void>();
}

}  // namespace shep::pipeline
