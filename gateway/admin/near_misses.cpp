#include "admin/answer.hpp"
#include "admin/body.hpp"
#include "admin/mapping_value.hpp"
#include "admin/problems.hpp"
#include "admin/routes.hpp"
#include "core/date_time.hpp"
#include "journal/problems.hpp"
#include "pipeline/understand.hpp"
#include "xml/c14n.hpp"

namespace shep::admin {
namespace {

namespace json = boost::json;

constexpr std::size_t requests_told = 20;

json::object miss_value(const mocks::near_miss& miss, const mocks::stub_store& store) {
  json::array criteria;
  for (const mocks::criterion_report& one : miss.criteria)
    criteria.push_back({{"name", as_utf8(one.name)},
                        {"exactMatch", one.exact},
                        {"distance", one.distance},
                        {"expected", as_utf8(one.expected)},
                        {"actual", as_utf8(one.actual)}});
  json::object out{{"matchResult", {{"distance", miss.distance}, {"criteria", std::move(criteria)}}}};
  const mocks::mapping* mapping = store.find(miss.mapping_id);
  if (mapping != nullptr) out["stubMapping"] = mapping_value(*mapping);
  if (const auto* failed = miss.first_failed()) out["firstDifference"] = as_utf8(failed->name);
  return out;
}

/// The mappings closest to a message, as the adapter of kind mock would see it.
result<json::array> misses_for(const call& c, shared_bytes message, time_point at) {
  pipeline::exchange x;
  x.world = c.of.gateway.current();
  x.now = at;
  x.received = std::move(message);
  if (const auto ok = pipeline::understand(x); !ok) return ok.error();
  xml::string_sink text;
  if (const auto ok = xml::canonicalize(x.message->body(), xml::c14n_options{}, text); !ok) return ok.error();
  mocks::request_view v;
  v.channel = "sync";
  v.service_id = x.request->service_id;
  v.sender_id = x.request->sender_id;
  v.route_id = x.request->route_id;
  v.message_id = x.request->message_id;
  v.correlation_id = x.request->correlation_id;
  v.session_id = x.request->session_id;
  if (x.message->how() == eds::verified::assurance::signature) v.signature_indication = eds::name_of(x.transport.verdict);
  if (x.business) v.inner_signature_indication = eds::name_of(x.business->verdict);
  v.envelope = x.message->body();
  v.business_data = x.request->data.payload();
  v.raw_body = text.text;
  v.now = x.now;
  const auto engine = c.of.mocks();
  const auto store = engine->store();
  json::array out;
  for (const mocks::near_miss& miss : engine->near_misses(v)) out.emplace_back(miss_value(miss, *store));
  return out;
}

http::response message_refused(const problem& why) { return problem_answer(422, why); }

}  // namespace

http::response near_misses_of(const call& c) {
  const auto body = json_body(c.request);
  if (!body) return refusal_of(body.error());
  fields from(*body);
  const auto id = from.text("id");
  const auto message = from.text("body");
  if (id.has_value() == message.has_value()) from.fail(id ? "body" : "id", "one of 'id' and 'body' is wanted", "id: of a journal entry");
  if (const auto ok = from.finish(); !ok) return refusal_of(ok.error());
  shared_bytes octets = message ? share(std::string(*message)) : nullptr;
  time_point at = c.of.messages.now();
  if (id) {
    const auto entry = c.of.journal.entries().get(*id);
    if (!entry) return problem_answer(entry.error().code == problems::journal_not_found ? 404 : 503, entry.error());
    octets = entry->arrived.raw;
    at = entry->arrived.received_at;
  }
  if (!octets) return problem_answer(404, {problems::admin_not_found, "the entry has no body", "/id"});
  auto misses = misses_for(c, std::move(octets), at);
  if (!misses) return message_refused(misses.error());
  return json_answer(200, json::object{{"nearMisses", std::move(*misses)}});
}

http::response unmatched_near_misses(const call& c) {
  journal::filter f;
  f.unmatched = true;
  const auto page = c.of.journal.entries().list(f, requests_told);
  if (!page) return problem_answer(503, page.error());
  json::array all;
  for (const journal::entry& e : page->entries) {
    const auto whole = c.of.journal.entries().get(e.arrived.id);
    if (!whole || !whole->arrived.raw) continue;
    auto misses = misses_for(c, whole->arrived.raw, whole->arrived.received_at);
    if (!misses) continue;  // the world has changed since: it would not get as far as the mappings now
    for (json::value& miss : *misses) {
      miss.get_object()["request"] = {{"id", e.arrived.id}, {"loggedDateString", format_utc(e.arrived.received_at)}};
      all.emplace_back(std::move(miss));
    }
  }
  return json_answer(200, json::object{{"nearMisses", std::move(all)}});
}

}  // namespace shep::admin
