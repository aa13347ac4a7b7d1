#include "cli/contract_trial.hpp"

#include "app/contract_world.hpp"
#include "app/files.hpp"
#include "app/trust_world.hpp"
#include "cli/answer_check.hpp"
#include "cli/verifier.hpp"
#include "core/clock.hpp"
#include "eds/envelope.hpp"
#include "eds/sign.hpp"
#include "http/client.hpp"
#include "protocol/read_message.hpp"
#include "xml/c14n.hpp"
#include "xml/text.hpp"

namespace shep::cli {
namespace {

constexpr std::string_view channel_schema = "shep-sync/v10/SyncChannelTypes.xsd";

/// First text of that local name in document order.
std::string text_named(const xml::document& document, std::string_view local) {
  for (xml::element e = document.root(); e; e = e.next_in_document(document.root()))
    if (e.local_name() == local) return std::string(xml::trimmed(xml::text_of(e)));
  return {};
}

class trial {
 public:
  trial(const config::settings& s, const trial_options& o, trial_outcome& out)
      : options_(o), contracts_(s.root, out.problems), channel_(channel(out)), judge_(judge(s, out)) {
    for (const config::route_settings& from : s.routes) {
      config::route_settings asked = from;
      asked.contract = "warn";
      routing::route to;
      to.service_id = from.service;
      contracts_.join(asked, to);
    }
    by_service_ = contracts_.finish();
  }

  tried_answer ask(const demo_request& r) {
    tried_answer out;
    out.request = r.file;
    out.service = r.service;
    out.persona = r.persona;
    if (const auto ok = exchange(r, out); !ok) out.failure = describe(ok.error());
    return out;
  }

 private:
  static std::optional<contract::schema> channel(trial_outcome& out) {
    auto made = contract::schema::compile(contract::schema_files::shipped(), channel_schema);
    if (made) return std::move(*made);
    out.problems.push_back(made.error());
    return std::nullopt;
  }

  static verifier judge(const config::settings& s, trial_outcome& out) {
    app::trust_world trust = app::build_trust(s);
    for (problem& p : trust.problems) out.problems.push_back(std::move(p));
    verifier::parts parts{trust.store ? *trust.store : crypto::trust_store(crypto::trust_store::contents{}), trust.rules,
                          system_clock().now()};
    parts.revocation = std::move(trust.revocation);
    parts.explain = false;
    return verifier(std::move(parts));
  }

  result<shared_bytes> signed_request(const demo_request& r, tried_answer& out) {
    const auto text = app::read_file(app::resolved(options_.root, r.file));
    if (!text) return text.error();
    auto filled = filler_.fill(*text);
    if (!filled) return filled.error();
    const shared_bytes octets = share(std::move(*filled));
    const auto document = xml::admit(octets);
    if (!document) return document.error();
    if (out.service.empty()) out.service = text_named(*document, "serviceId");
    auto made = eds::sign_message(octets, *options_.key, {}, fresh_);
    if (!made) return made.error();
    return share(std::move(*made));
  }

  result<void> exchange(const demo_request& r, tried_answer& out) {
    const auto message = signed_request(r, out);
    if (!message) return message.error();
    const auto to = http::parse_url(options_.target);
    if (!to) return to.error();
    auto tls = options_.tls.client(*to);
    if (!tls) return tls.error();
    http::outgoing_request request;
    request.to = *to;
    request.tls = std::move(*tls);
    request.headers = {{"Content-Type", "text/xml; charset=utf-8"}, {"SOAPAction", "\"\""}};
    request.body = *message;
    request.within.total = request.within.first_byte = options_.within;
    const auto response = http::send_blocking(std::move(request));
    if (!response) return response.error();
    out.http_status = response->status;
    out.took = response->time_total;
    return look_at(**message, *response, out);
  }

  result<void> look_at(const std::string& sent, const http::incoming_response& response, tried_answer& out) {
    const shared_bytes& octets = response.body;
    const auto document = xml::admit(octets);
    if (!document) return document.error();
    const auto summary = protocol::summarize_answer(*document);
    out.fault = summary.is_fault;
    out.code = summary.code;
    out.message = summary.message;
    if (out.fault) return {};
    const auto request = xml::admit(share(sent));
    if (!request) return request.error();
    out.mismatches = mismatches(*request, response, *document, true);
    out.signature = judge_.judge(octets).report;
    const auto parts = eds::read_envelope(*document);
    if (!parts) return parts.error();
    out.channel = channel_->check({parts->body.first_child(), &*document, std::nullopt, true, contract::layer::channel});
    const auto data = protocol::find_business_data(*document);
    const auto known = by_service_.find(out.service);
    if (known == by_service_.end()) out.business.unchecked = "no schema is known for the service";
    else if (!data) out.business.unchecked = "the answer has no business data";
    else out.business = known->second.check(contract::direction::answer, *data, *document);
    if (data && data->payload())
      if (xml::string_sink text; xml::canonicalize(data->payload(), {}, text)) filler_.learn(text.text);
    return {};
  }

  const trial_options& options_;
  app::contract_world contracts_;
  std::optional<contract::schema> channel_;
  verifier judge_;
  std::map<std::string, contract::service_contract, std::less<>> by_service_;
  demo_filler filler_;
  ids fresh_;
};

}  // namespace

bool tried_answer::passed() const {
  return failure.empty() && mismatches.empty() && !fault && http_status == 200 && signature.verdict == eds::indication::total_passed &&
         channel.clean() && channel.unchecked.empty() && business.clean();
}

trial_outcome try_provider(const config::settings& s, const trial_options& o) {
  trial_outcome out;
  trial t(s, o, out);
  const auto requests = read_demo_requests(o.root);
  if (!requests) out.problems.push_back(requests.error());
  if (!out.problems.empty()) return out;
  for (const demo_request& r : *requests) out.answers.push_back(t.ask(r));
  return out;
}

}  // namespace shep::cli
