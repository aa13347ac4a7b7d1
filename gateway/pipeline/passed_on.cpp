#include "pipeline/passed_on.hpp"

#include "eds/sign.hpp"
#include "faults/problems.hpp"
#include "pipeline/contract_stages.hpp"
#include "pipeline/fault_in_message.hpp"
#include "pipeline/fault_keys.hpp"
#include "pipeline/octet_faults.hpp"

namespace shep::pipeline {
namespace {

problem needs_to_be_written(exchange& x) {
  x.injected->why_not = "the answer is passed on as received, and the fault needs it to be written anew";
  return {
      problems::fault_passed_on,
      std::string(faults::name_of(x.injected->what.what)) +
          " is made while an answer is written, and this one was written by the recipient",
      "route." + x.route->service_id + ".answer_form",
      "write answer_form = \"rendered\" for the route, or ask for a fault that can be made in finished octets: gateway/faults/README.md"};
}

/// Signed by the wrong one: the recipient's own signature gives place to it.
result<shared_bytes> signed_wrongly(exchange& x, const xml::document& message, ids& fresh) {
  if (!x.world->fault_keys || !x.world->signer) return problem(problems::fault_key, "there is no test PKI to take the key from");
  const auto key = x.world->fault_keys->signer_for(x.injected->what.what, *x.world->signer);
  if (!key) return key.error();
  auto text = eds::sign_message(message.source(), **key, {x.world->profile, {}}, fresh, x.world->limits);
  if (!text) return text.error();
  x.injected->applied = true;
  return share(std::move(*text));
}

result<shared_bytes> spoilt(exchange& x, const xml::document& message, ids& fresh) {
  const faults::kind what = x.injected->what.what;
  const bool in_octets = can_be_made_in_octets(what);
  if (!in_octets && !needs_key(what)) return needs_to_be_written(x);
  if (faults::row_of(what).where == faults::layer::signature && !carries_signature(message)) {
    x.injected->why_not = "the recipient's answer is not signed";
    return message.source();
  }
  if (needs_key(what)) return signed_wrongly(x, message, fresh);
  auto text = spoil_octets(message, what);
  if (!text) return text.error();
  x.injected->applied = text->has_value();
  if (*text) return share(std::move(**text));
  x.injected->why_not = "the recipient's answer has no place where it could be done";
  return message.source();
}

}  // namespace

result<shared_bytes> pass_on(exchange& x, ids& fresh) {
  const shared_bytes& octets = x.reply->octets;
  const bool inside = is_made_inside(x);
  if (!inside && !asks_about_answers(x)) return octets;
  std::shared_ptr<const xml::document> message = x.reply->message;
  if (!message) {
    auto read = xml::admit(octets, x.world->limits);
    if (!read) return read.error();
    message = std::make_shared<const xml::document>(std::move(*read));
  }
  if (const auto ok = check_passed_on_contract(x, *message); !ok) return ok.error();
  if (!inside) return octets;
  return spoilt(x, *message, fresh);
}

}  // namespace shep::pipeline
