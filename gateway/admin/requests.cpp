#include "admin/answer.hpp"
#include "admin/parameters.hpp"
#include "admin/problems.hpp"
#include "admin/request_value.hpp"
#include "admin/routes.hpp"
#include "core/date_time.hpp"
#include "journal/problems.hpp"

#include <charconv>
#include <optional>

namespace shep::admin {
namespace {

namespace json = boost::json;

json::value trace_of(const journal::entry& e) {
  if (!e.completed || e.completed->trace.empty()) return nullptr;
  boost::system::error_code broken;
  json::value trace = json::parse(e.completed->trace, broken);
  return broken ? json::value(nullptr) : trace;
}

/// A body as WireMock shows it: text when it is text, else base64.
void put_body(json::object& into, const shared_bytes& body) {
  if (!body) return;
  if (is_utf8(*body)) into["body"] = *body;
  else into["bodyAsBase64"] = to_base64(*body);
}

http::response list(const call& c, const journal::filter& filter, std::size_t limit, std::optional<std::uint64_t> before) {
  const auto page = c.of.journal.entries().list(filter, limit, before);
  if (!page) return storage_trouble(page.error());
  const auto total = c.of.journal.entries().count();
  json::array requests;
  for (const journal::entry& e : page->entries) requests.emplace_back(request_value(e));
  json::object meta{{"total", total ? *total : 0}};
  if (page->next) meta["before"] = *page->next;
  return json_answer(200, json::object{{"requests", std::move(requests)}, {"meta", std::move(meta)}, {"requestJournalDisabled", false}});
}

void set(std::optional<std::string>& member, std::optional<std::string> value) {
  if (value) member = std::move(value);
}

result<journal::entry> entry_of(const call& c) { return c.of.journal.entries().get(c.named.find("id")->second); }

}  // namespace

json::object request_value(const journal::entry& e) {
  json::object request{{"url", as_utf8(e.arrived.target)},
                       {"method", "POST"},
                       {"clientIp", e.arrived.remote},
                       {"loggedDate", e.arrived.received_at.time_since_epoch().count() / 1000},
                       {"loggedDateString", format_utc(e.arrived.received_at)},
                       {"bodySize", e.raw_size}};
  json::object out{{"id", e.arrived.id}, {"request", std::move(request)}, {"completed", e.completed.has_value()}};
  if (!e.completed) return out;
  const journal::completion& c = *e.completed;
  out["wasMatched"] = !c.unmatched;
  out["response"] = {{"status", c.http_status}, {"bodySize", e.response_size}};
  out["timing"] = {{"totalTime", static_cast<double>(c.duration.count()) / 1000}};
  json::object shep{{"channel", e.arrived.channel}, {"outcome", c.outcome}};
  const std::pair<const char*, const std::string&> facts[] = {{"serviceId", c.service_id},     {"senderId", c.sender_id},
                                                              {"messageId", c.message_id},     {"correlationId", c.correlation_id},
                                                              {"sessionId", c.session_id},     {"route", c.route},
                                                              {"adapter", c.adapter},          {"mappingId", c.mapping_id},
                                                              {"indication", c.indication},    {"subIndication", c.sub_indication},
                                                              {"problemCode", c.problem_code}, {"problemDetail", c.problem_detail},
                                                              {"faultCode", c.fault_code}};
  for (const auto& [name, value] : facts)
    if (!value.empty()) shep[name] = as_utf8(value);
  out["shep"] = std::move(shep);
  return out;
}

http::response storage_trouble(const problem& p) { return problem_answer(p.code == problems::journal_not_found ? 404 : 503, p); }

http::response list_requests(const call& c) {
  journal::filter f;
  set(f.service_id, c.request.query_parameter("serviceId"));
  set(f.sender_id, c.request.query_parameter("senderId"));
  set(f.message_id, c.request.query_parameter("messageId"));
  set(f.outcome, c.request.query_parameter("outcome"));
  const auto limit = number_parameter<std::size_t>(c.request, "limit");
  if (!limit) return problem_answer(400, limit.error());
  const auto before = number_parameter<std::uint64_t>(c.request, "before");
  if (!before) return problem_answer(400, before.error());
  return list(c, f, std::min(limit->value_or(default_limit), largest_limit), *before);
}

http::response unmatched_requests(const call& c) {
  journal::filter f;
  f.unmatched = true;
  return list(c, f, default_limit, {});
}

http::response one_request(const call& c) {
  const auto e = entry_of(c);
  if (!e) return storage_trouble(e.error());
  json::object out = request_value(*e);
  out["trace"] = trace_of(*e);
  put_body(out["request"].get_object(), e->arrived.raw);
  if (e->completed) put_body(out["response"].get_object(), e->completed->response);
  return json_answer(200, out);
}

http::response raw_request(const call& c) {
  const auto e = entry_of(c);
  if (!e) return storage_trouble(e.error());
  const bool response = c.request.query_parameter("part") == "response";
  const shared_bytes octets = response ? (e->completed ? e->completed->response : nullptr) : e->arrived.raw;
  if (!octets) return problem_answer(404, {problems::admin_not_found, "this exchange has no such body"});
  http::response r;
  r.content_type = "application/octet-stream";
  r.headers.push_back({"X-Content-Type-Options", "nosniff"});
  r.body = octets;
  return r;
}

http::response request_trace(const call& c) {
  const auto e = entry_of(c);
  if (!e) return storage_trouble(e.error());
  return json_answer(200, trace_of(*e));
}

http::response reset_requests(const call& c) {
  const auto done = c.of.journal.entries().remove_all();
  if (!done) return storage_trouble(done.error());
  return json_answer(200, json::object{});
}

}  // namespace shep::admin
