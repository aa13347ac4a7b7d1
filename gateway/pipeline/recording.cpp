#include "pipeline/recording.hpp"

#include "protocol/problems.hpp"

#include <algorithm>

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/json.hpp>

namespace shep::pipeline {
namespace {

namespace asio = boost::asio;
namespace json = boost::json;

json::value parsed(const std::string& text) {
  boost::system::error_code failed;
  json::value value = json::parse(text, failed);
  return failed ? json::value(nullptr) : value;
}

/// What others said about certificates cannot be computed again from the recorded octets.
bool has_evidence(const exchange& x) {
  const auto asked = [](const eds::report& r) {
    return std::any_of(r.signatures.begin(), r.signatures.end(), [](const eds::signature_report& s) { return !s.revocation.empty(); });
  };
  return asked(x.transport) || (x.business && asked(*x.business));
}

bool departs(const std::optional<contract::findings>& f) { return f && (!f->clean() || !f->unchecked.empty()); }

/// Every violation with layer, XPath, line, rule and value: the journal is the report, logs get no values.
void add_contract(json::object& trace, std::string_view which, const std::optional<contract::findings>& found) {
  if (!departs(found)) return;
  json::array violations;
  for (const contract::violation& v : found->violations)
    violations.push_back({{"layer", contract::name_of(v.layer)},
                          {"where", v.where},
                          {"line", v.line},
                          {"rule", v.rule},
                          {"detail", v.detail},
                          {"value", v.value}});
  trace[which] = {
      {"schema", found->schema}, {"unchecked", found->unchecked}, {"total", found->total}, {"violations", std::move(violations)}};
}

json::object problem_of(const problem& p) { return {{"code", p.code.name}, {"detail", p.detail}, {"where", p.where}, {"hint", p.hint}}; }

/// The trace of an exchange that went well and to the letter, which is most of them, written without building a tree.
std::optional<std::string> plain_trace_of(const exchange& x) {
  if (x.failure || x.injected || has_evidence(x) || departs(x.request_contract) || departs(x.answer_contract) || !x.request ||
      (x.reply && x.reply->not_recorded) || !x.request->deviations.empty() || !x.message || !x.request->data.type.empty())
    return std::nullopt;
  return "{\"carrier\":\"" + std::string(protocol::name_of(x.request->data.form)) +
         "\",\"xsiType\":\"\",\"deviations\":[],\"assurance\":\"" +
         (x.message->how() == eds::verified::assurance::signature ? "signature" : "accepted_unsigned") + "\"}";
}

std::string trace_of(const exchange& x) {
  if (auto plain = plain_trace_of(x)) return std::move(*plain);
  json::object trace;
  if (x.request) {
    trace["carrier"] = protocol::name_of(x.request->data.form);
    trace["xsiType"] = x.request->data.type;
    json::array deviations;
    for (const auto& d : x.request->deviations) deviations.push_back({{"code", d.code}, {"detail", d.detail}, {"where", d.where}});
    trace["deviations"] = std::move(deviations);
  }
  add_contract(trace, "requestContract", x.request_contract);
  add_contract(trace, "answerContract", x.answer_contract);
  if (x.message) trace["assurance"] = x.message->how() == eds::verified::assurance::signature ? "signature" : "accepted_unsigned";
  if (x.injected) {
    json::object told{{"name", faults::name_of(x.injected->what.what)},
                      {"layer", faults::name_of(faults::row_of(x.injected->what.what).where)},
                      {"askedBy", faults::name_of(x.injected->by)},
                      {"applied", x.injected->applied}};
    if (!x.injected->why_not.empty()) told["why"] = x.injected->why_not;
    trace["injectedFault"] = std::move(told);
  }
  if (x.reply && x.reply->not_recorded) trace["notRecorded"] = problem_of(*x.reply->not_recorded);
  if (x.failure) {
    trace["problem"] = problem_of(*x.failure);
    trace["layer"] = x.layer == protocol::layer::transport ? "transport" : "business";
  }
  if (x.failure || has_evidence(x)) {
    if (x.document) {
      eds::report transport = x.transport;
      eds::locate(transport, *x.document);
      trace["transportSignature"] = parsed(eds::to_json(transport));
    }
    if (x.business) trace["businessSignature"] = parsed(eds::to_json(*x.business));
  }
  return json::serialize(trace);
}

}  // namespace

outcome outcome_of(const exchange& x) {
  const bool lost = x.injected && x.injected->applied && x.http_status != 200 && !x.fault;
  if (lost) return outcome::http_error;
  return x.failure ? outcome::fault : outcome::answered;
}

journal::arrival arrival_of(const exchange& x) { return {x.id, x.received_at, "sync", x.remote, x.target, x.received, x.head}; }

journal::completion completion_of(const exchange& x, time_point completed_at) {
  journal::completion c;
  c.id = x.id;
  c.completed_at = completed_at;
  c.duration = std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - x.started_at);
  c.http_status = static_cast<int>(x.http_status);
  c.outcome = name_of(outcome_of(x));
  if (x.request) {
    c.service_id = x.request->service_id;
    c.sender_id = x.request->sender_id;
    c.message_id = x.request->message_id;
    c.correlation_id = x.request->correlation_id;
    c.session_id = x.request->session_id;
  }
  if (x.route != nullptr) {
    c.route = x.route->name();
    c.adapter = x.route->adapter;
  }
  if (x.reply) c.mapping_id = x.reply->mapping_id;
  if (x.document) {
    c.indication = eds::name_of(x.transport.verdict);
    c.sub_indication = eds::name_of(x.transport.reason);
  }
  if (x.failure) {
    c.problem_code = x.failure->code.name;
    c.problem_detail = describe(*x.failure);
    c.unmatched = x.failure->code == problems::no_match;
  }
  if (x.fault) c.fault_code = x.fault->code;
  c.response = x.answer;
  c.trace = trace_of(x);
  return c;
}

asio::awaitable<result<void>> record_completion(journal::journal& journal, journal::completion record) {
  return asio::async_initiate<const asio::use_awaitable_t<>, void(result<void>)>(
      [&journal](auto handler, journal::completion c) {
        // std::function wants something copyable, a coroutine's handler can only be moved.
        auto shared = std::make_shared<decltype(handler)>(std::move(handler));
        journal.completed(std::move(c), [shared](result<void> recorded) {
          const auto executor = asio::get_associated_executor(*shared);
          asio::post(executor, [shared, recorded = std::move(recorded)]() mutable { std::move (*shared)(std::move(recorded)); });
        });
      },
      asio::use_awaitable, std::move(record));
}

}  // namespace shep::pipeline
