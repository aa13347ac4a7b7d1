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

/// The fault of a message that is not believed; where the configuration wants it, an unknown service outranks the signature.
problem refused(const exchange& x, const problem& why) {
  if (!x.world->service_before_signature) return why;
  const std::string service = unverified_service_id(*x.document);
  return x.world->routes.knows(service) ? why : x.world->routes.choose(service, {}, {}).error();
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
  if (!v.message && !v.waiting) v = eds::verify_message(*x.document, *x.world->trust, in_detail(x.world->signatures), x.now);
  if (v.waiting) {
    x.held = std::move(v);
    return {};
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
  return refused(x, v.failure);
}

boost::asio::awaitable<result<void>> ask_about_signer(exchange& x) {
  revocation::chain_status status;
  const auto mode = x.world->signatures.revocation;
  if (x.world->revocation) status = co_await x.world->revocation->gather(x.held->signatory.chain, mode, x.now);
  eds::verification v = eds::conclude_revocation(std::move(*x.held), status, x.world->signatures);
  x.held.reset();
  if (!v.message) {
    // The first look left the description out; the same answers give the same verdict.
    eds::verification again = eds::verify_message(*x.document, *x.world->trust, in_detail(x.world->signatures), x.now);
    v = eds::conclude_revocation(std::move(again), status, x.world->signatures);
  }
  x.transport = std::move(v.report);
  if (!v.message) co_return refused(x, v.failure);
  x.message = std::move(v.message);
  co_return result<void>();
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
  return x.world->senders.admit({x.request->sender_id, x.request->password, x.request->service_id}, x.message->signer());
}

adapters::call call_of(const exchange& x) {
  const bool is_signed = x.message->how() == eds::verified::assurance::signature;
  return {*x.request,
          *x.route,
          x.message->body(),
          is_signed ? eds::name_of(x.transport.verdict) : std::string_view(),
          x.business ? eds::name_of(x.business->verdict) : std::string_view(),
          x.now,
          std::chrono::steady_clock::now() + x.world->adapter_timeout,
          x.received,
          x.transport_charset,
          x.hops,
          x.id,
          x.method,
          x.target,
          x.headers};
}

boost::asio::awaitable<result<void>> ask_adapter(exchange& x) {
  const auto found = x.world->adapters.find(x.route->adapter);
  if (found == x.world->adapters.end())
    co_return problem(problems::internal, "the adapter '" + x.route->adapter + "' of route '" + x.route->name() + "' does not exist");
  const adapters::call call = call_of(x);
  auto reply = co_await found->second->handle(call);
  x.adapter_said = outcome_of(reply);
  if (!reply) co_return reply.error();
  x.reply = std::move(*reply);
  co_return result<void>();
}

}  // namespace shep::pipeline
