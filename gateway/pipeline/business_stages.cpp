#include "eds/check_signers.hpp"
#include "eds/problems.hpp"
#include "pipeline/stages.hpp"
#include "xml/text.hpp"

namespace shep::pipeline {
namespace {

/// While it lives, what fails is the business layer's; `done` gives the exchange back to the transport.
class business_layer {
 public:
  explicit business_layer(exchange& x) : x_(x) { x_.layer = protocol::layer::business; }
  result<void> done() {
    x_.layer = protocol::layer::transport;
    return {};
  }

 private:
  exchange& x_;
};

eds::policy business_policy(const exchange& x) {
  eds::policy rules = x.world->signatures;
  rules.detailed = true;
  // Role and policy are asked of one signer among several, by check_business_signers.
  rules.rules = {};
  rules.rules.signing_key = x.route->signer.signing_key;
  return rules;
}

/// The one value that an XPath of the route finds in the business data.
result<std::optional<std::string>> named_in(xml::element payload, const std::shared_ptr<const xml::xpath>& where, std::string_view kind) {
  if (!where) return std::optional<std::string>();
  const auto found = where->strings(payload);
  if (found.empty())
    return problem(problems::signing_certificate_identity, "the business data name no " + std::string(kind), where->expression(),
                   "the route's configuration says that the data name it there");
  const std::string value(xml::trimmed(found.front()));
  for (const std::string& other : found)
    if (xml::trimmed(other) != value)
      return problem(problems::signing_certificate_identity, "the business data name several " + std::string(kind) + "s",
                     where->expression());
  return std::optional<std::string>(value);
}

result<eds::named_person> whom_the_data_name(const exchange& x) {
  const xml::element payload = x.request->data.payload();
  auto iin = named_in(payload, x.route->signer_iin, "IIN");
  if (!iin) return iin.error();
  auto bin = named_in(payload, x.route->signer_bin, "BIN");
  if (!bin) return bin.error();
  return eds::named_person{std::move(*iin), std::move(*bin)};
}

/// A refusal that no certificate is at fault for still belongs into the report.
void note(eds::report& r, const problem& why) {
  r.findings.push_back({eds::finding::severity::error, std::string(why.code.name), why.detail, why.where, why.hint});
  r.reason = eds::sub_indication::chain_constraints_failure;
  r.verdict = eds::indication_for(r.reason);
}

}  // namespace

result<void> verify_business_data(exchange& x) {
  if (x.route->business == routing::business_signature::ignored) return {};
  business_layer layer(x);
  const auto& data = x.request->data;
  const xml::element payload = data.payload();
  const xml::element signed_part = payload ? eds::signed_business_element(payload) : xml::element();
  if (!signed_part && x.route->business != routing::business_signature::required) return layer.done();
  if (!payload)
    return problem(problems::signature_missing, "there is no business document that could carry a signature", "requestData/data");
  const eds::policy rules = business_policy(x);
  auto v = data.inner ? eds::verify_business(*data.inner, *x.world->trust, rules, x.now)
                      : eds::verify_business(signed_part ? signed_part : payload, *x.world->trust, rules, x.now);
  x.business_signers = v.signers;
  if (v.waiting) {
    x.business_held = std::move(v);
    return layer.done();
  }
  x.business = std::move(v.report);
  if (!v.passed) return v.failure;
  return layer.done();
}

boost::asio::awaitable<result<void>> ask_about_business_signers(exchange& x) {
  business_layer layer(x);
  std::vector<revocation::chain_status> status;
  for (const eds::signatory& who : x.business_signers) {
    revocation::chain_status one;
    if (x.world->revocation) one = co_await x.world->revocation->gather(who.chain, x.world->signatures.revocation, x.now);
    status.push_back(std::move(one));
  }
  auto v = eds::conclude_revocation(std::move(*x.business_held), status, business_policy(x));
  x.business_held.reset();
  x.business = std::move(v.report);
  if (!v.passed) co_return v.failure;
  co_return layer.done();
}

result<void> check_business_signers(exchange& x) {
  if (!x.business) return {};
  business_layer layer(x);
  const auto named = whom_the_data_name(x);
  if (!named) {
    const problem why = named.error();
    note(*x.business, why);
    return why;
  }
  if (const auto ok = eds::check_signers(*x.business, x.business_signers, x.route->signer, *named); !ok) return ok;
  return layer.done();
}

}  // namespace shep::pipeline
