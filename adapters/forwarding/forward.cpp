#include "adapters/forwarding/forward.hpp"

#include "adapters/forwarding/answer.hpp"
#include "adapters/forwarding/hops.hpp"
#include "protocol/problems.hpp"

#include <algorithm>

namespace shep::forwarding {
namespace {

using settings = endpoint_settings;

/// The octets for the recipient.
result<shared_bytes> outgoing_message(const adapters::call& c, const settings& s, const grounds& g) {
  if (s.request == settings::request_form::as_received) return c.received;
  auto message = eds::sign_message(c.received, *s.key, {s.profile, {}}, *g.identifiers, g.limits);
  if (!message) return message.error();
  return share(std::move(*message));
}

std::vector<http::named_value> outgoing_headers(const adapters::call& c, const settings& s, std::string hops) {
  std::string type = "text/xml";
  // A message that was signed again is UTF-8, whatever the one before it was.
  if (s.request == settings::request_form::signed_again) type += "; charset=utf-8";
  else if (!c.charset.empty()) type += "; charset=" + std::string(c.charset);
  std::vector<http::named_value> out;
  out.push_back({"Content-Type", std::move(type)});
  out.push_back({"SOAPAction", "\"\""});
  out.push_back({"Shepsim-Hops", std::move(hops)});
  return out;
}

boost::asio::awaitable<result<void>> check_signature(const adapters::call& c, const soap_answer& answer, const settings& s,
                                                     const grounds& g) {
  if (s.signature == settings::answer_signature::ignored) co_return result<void>();
  judged j = judge_signature(answer, s.signature == settings::answer_signature::required, *g.trust, g.signatures, c.now);
  if (j.refusal) co_return *j.refusal;
  if (!j.waiting) co_return j.signatory ? check_signer(*j.signatory, s.signers) : result<void>();
  revocation::chain_status status;
  if (g.revocation) status = co_await g.revocation(j.waiting->signatory.chain, g.signatures.revocation, c.now);
  const eds::verification v = eds::conclude_revocation(std::move(*j.waiting), status, g.signatures);
  if (!v.message) co_return untrusted(v.failure);
  co_return check_signer(v.signatory, s.signers);
}

}  // namespace

boost::asio::awaitable<result<forwarded>> forward(const adapters::call& c, const grounds& g) {
  const auto found = g.endpoints.find(c.route.name());
  if (found == g.endpoints.end() || !c.received)
    co_return problem(problems::recipient_unavailable, "the route '" + c.route.name() + "' has no target", "route.target",
                      "name the recipient's address in shepsim.toml");
  endpoint& to = *found->second;
  auto hops = next_hops(c.hops, g.instance);
  if (!hops) co_return hops.error();
  auto message = outgoing_message(c, to.settings(), g);
  if (!message) co_return message.error();
  auto headers = outgoing_headers(c, to.settings(), std::move(*hops));
  const auto response = co_await to.post(std::move(*message), std::move(headers), c.deadline);
  if (!response) co_return response.error();

  auto answer = read_answer(*response, g.limits);
  if (!answer) co_return answer.error();
  if (const auto believed = co_await check_signature(c, *answer, to.settings(), g); !believed) co_return believed.error();
  if (const auto ours = check_correlation(*answer, c.request.message_id); !ours) co_return ours.error();
  const bool as_received = to.settings().answer == settings::answer_form::as_received;
  forwarded out;
  out.received = response->body;
  out.http_status = response->status;
  if (as_received && !answer->is_fault) {
    // It leaves as UTF-8, because the gateway's own Content-Type says so.
    if (!is_utf8(*response->body))
      co_return problem(problems::recipient_answer, "the answer is not UTF-8 and cannot be passed on as it is");
    out.reply.octets = response->body;
    out.reply.message = std::make_shared<const xml::document>(std::move(answer->document));
    co_return out;
  }
  auto reply = reply_from(*answer, c.request.message_id, g.limits);
  if (!reply) co_return reply.error();
  out.reply = std::move(*reply);
  if (as_received && is_utf8(*response->body)) out.reply.octets = response->body;
  co_return out;
}

}  // namespace shep::forwarding
