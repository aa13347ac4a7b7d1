#include "pipeline/gateway.hpp"

#include "contract/channel_files.hpp"
#include "core/log.hpp"
#include "http/problems.hpp"
#include "pipeline/answer.hpp"
#include "pipeline/fault_on_wire.hpp"
#include "pipeline/process.hpp"
#include "pipeline/recording.hpp"
#include "protocol/problems.hpp"

#include <algorithm>
#include <array>

namespace shep::pipeline {
namespace {

namespace asio = boost::asio;

constexpr std::string_view xml_content = "text/xml; charset=utf-8";
// shep-protocol.md section 1.8; each also without the trailing slash.
constexpr std::array<std::string_view, 3> sync_paths = {"/bip-sync-wss-gost/", "/bip-sync/", "/shep/bip-sync-wss-gost/"};

bool is_sync_path(std::string_view path) {
  return std::any_of(sync_paths.begin(), sync_paths.end(),
                     [&](std::string_view p) { return path == p || path == p.substr(0, p.size() - 1); });
}

http::response xml_response(unsigned status, shared_bytes body) {
  http::response r;
  r.status = status;
  r.content_type = xml_content;
  r.body = std::move(body);
  return r;
}

http::response welcome(const http::request& request) {
  const std::string base = "http://" + request.authority();
  return http::text_response(200, "shepsim: a simulator of SHEP, the e-government gateway of Kazakhstan.\n\nPOST signed SOAP 1.1 to " +
                                      base + "/bip-sync-wss-gost/\nWSDL: " + base + "/bip-sync-wss-gost/?wsdl\n");
}

http::response serve_contract(const http::request& request) {
  const std::string base = (request.secure ? "https://" : "http://") + request.authority() + request.path;
  const auto asked = [&](std::string_view lower, std::string_view upper) {
    auto value = request.query_parameter(lower);
    return value ? value : request.query_parameter(upper);
  };
  const auto file = contract::sync_channel_file(asked("wsdl", "WSDL"), asked("xsd", "XSD"), base);
  if (file) return xml_response(200, share(*file));
  return http::text_response(404, "ask for ?wsdl or ?xsd=<file named in the WSDL>, or POST a SOAP message here\n");
}

/// SOAP with attachments and MTOM are other messages than the ones of this channel (X16).
result<void> check_media(const http::request& request) {
  const auto media = request.content_type();
  if (!media.type.starts_with("multipart/")) return {};
  return problem(problems::message_format, "the content type is " + media.type + "; attachments and MTOM are not accepted", "Content-Type",
                 "send text/xml");
}

/// The head with the values of credentials blanked: the journal is read by more people than the one who sent them (A20).
std::string without_credentials(std::string_view head) {
  std::string out;
  while (!head.empty()) {
    const std::size_t end = std::min(head.find('\n'), head.size() - 1) + 1;
    const std::string_view line = head.substr(0, end);
    const std::string_view name = line.substr(0, line.find(':'));
    const bool secret = http::equal_ignoring_case(name, "Authorization") || http::equal_ignoring_case(name, "Proxy-Authorization") ||
                        http::equal_ignoring_case(name, "Cookie");
    if (secret) out.append(name).append(": [not kept]\r\n");
    else out.append(line);
    head.remove_prefix(end);
  }
  return out;
}

void log_exchange(const exchange& x) {
  if (!x.failure) return;
  const std::string service = x.request ? x.request->service_id : std::string();
  log::write(log::level::info, log::masked(describe(*x.failure)),
             {{"requestId", x.id}, {"serviceId", service}, {"faultCode", x.fault ? x.fault->code : ""}, {"remote", x.remote}});
}

/// The answer as it leaves unless a fault is done to it; a mapping may have said what HTTP says around it.
http::response http_response_of(exchange& x) {
  const bool answered = !x.failure && x.reply && x.reply->http;
  if (answered && x.reply->http->status) x.http_status = static_cast<unsigned>(*x.reply->http->status);
  http::response out = xml_response(x.http_status, x.answer);
  if (!answered) return out;
  for (const auto& [name, value] : x.reply->http->headers) {
    if (http::equal_ignoring_case(name, "Content-Type")) out.content_type = value;
    else out.headers.push_back({name, value});
  }
  return out;
}

}  // namespace

gateway::gateway(parts p, std::shared_ptr<const snapshot> world) : parts_(p), world_(nullptr) { replace(std::move(world)); }

void gateway::replace(std::shared_ptr<const snapshot> world) {
  std::vector<std::string> services;
  for (const routing::route* r : world->routes.all()) services.push_back(r->service_id);
  std::vector<std::string> modes;
  for (const auto& [mode, adapter] : world->adapters) modes.push_back(mode);
  parts_.metrics.know(services, modes);
  world_ = std::move(world);
}

asio::awaitable<http::response> gateway::serve(http::request request) {
  if (!is_sync_path(request.path)) {
    if (request.method != "POST" && request.path == "/") co_return welcome(request);
    co_return http::text_response(404, "nothing here; the sync channel is at /bip-sync-wss-gost/\n");
  }
  if (request.method == "GET" || request.method == "HEAD") co_return serve_contract(request);
  if (request.method != "POST") {
    http::response refused = http::text_response(405, "POST a SOAP message, or GET ?wsdl\n");
    refused.headers.push_back({"Allow", "POST, GET, HEAD"});
    co_return refused;
  }
  co_return co_await exchange_message(request);
}

asio::awaitable<http::response> gateway::exchange_message(const http::request& request) {
  exchange x;
  x.world = world_.load();
  x.now = parts_.messages.now();
  x.received_at = request.received;
  x.started_at = request.started_at;
  x.id = parts_.identifiers.ordered(x.received_at);
  x.remote = request.remote.address + ":" + std::to_string(request.remote.port);
  x.target = request.target;
  x.method = request.method;
  x.headers = request.headers.all();
  x.head = without_credentials(*request.head);
  x.transport_charset = request.content_type().charset;
  x.hops = request.headers.value("Shepsim-Hops");
  x.received = request.body;
  x.asked_fault = request.headers.value("X-Shepsim-Fault");
  x.fault_rules = parts_.fault_rules;
  parts_.journal.arrived(arrival_of(x));

  result<shared_bytes> answer = problem(problems::internal, "not processed");
  try {
    if (const auto media = check_media(request); !media) answer = media.error();
    else answer = co_await process(x, parts_.identifiers);
  } catch (const std::exception& bug) {
    log::write(log::level::error, bug.what(), {{"requestId", x.id}});
    answer = problem(problems::internal, bug.what());
  }
  if (answer) x.answer = std::move(*answer);
  else render_failure(x, answer.error(), parts_.identifiers);

  http::response out = http_response_of(x);
  spoil_delivery(x, out);
  if (x.injected && x.injected->applied) parts_.metrics.injected(x.injected->what.what);

  const auto result_kind = outcome_of(x);
  parts_.metrics.exchange(x.request ? std::string_view(x.request->service_id) : std::string_view(), result_kind,
                          std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - x.started_at));
  if (x.document) parts_.metrics.verification("transport", x.transport.reason);
  if (x.business) parts_.metrics.verification("business", x.business->reason);
  if (x.adapter_said) parts_.metrics.called(x.route->service_id, x.route->adapter, *x.adapter_said);
  if (x.reply && x.reply->not_recorded) parts_.metrics.recording_lost();
  if (x.failure && x.failure->code == problems::no_match) parts_.metrics.unmatched();
  log_exchange(x);

  journal::completion record = completion_of(x, system_clock().now());
  const auto recorded = co_await record_completion(parts_.journal, std::move(record));
  if (!recorded) {
    // What the journal does not hold was not done: the client must not believe in an answer that nobody can look up.
    log::write(log::level::error, describe(recorded.error()), {{"requestId", x.id}});
    x.fault.reset();
    render_failure(x, problem(problems::unavailable, "the journal cannot record the exchange"), parts_.identifiers);
    out = xml_response(x.http_status, x.answer);
  }
  co_return out;
}

http::response gateway::refuse(const http::framing_problem& refused) {
  exchange x;
  x.world = world_.load();
  x.now = parts_.messages.now();
  x.received_at = refused.at;
  x.started_at = std::chrono::steady_clock::now();
  x.id = parts_.identifiers.ordered(x.received_at);
  x.remote = refused.remote.address + ":" + std::to_string(refused.remote.port);
  x.target = refused.path;
  x.head = without_credentials(refused.head);
  x.received = share("");
  parts_.journal.arrived(arrival_of(x));
  http::response answer;
  if (refused.status == 413 && is_sync_path(refused.path)) {
    render_failure(x, problem(problems::too_large, refused.what.detail, refused.what.where, refused.what.hint), parts_.identifiers);
    answer = xml_response(refused.status, x.answer);
  } else {
    x.failure = refused.what;
    answer = http::plain_refusal(refused);
    x.answer = answer.body;
  }
  x.http_status = refused.status;
  journal::completion record = completion_of(x, system_clock().now());
  record.outcome = name_of(outcome::http_error);
  parts_.journal.completed(std::move(record));
  parts_.metrics.exchange({}, outcome::http_error, std::chrono::microseconds(0));
  return answer;
}

}  // namespace shep::pipeline
