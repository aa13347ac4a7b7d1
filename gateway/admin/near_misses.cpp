#include "admin/answer.hpp"
#include "admin/body.hpp"
#include "admin/mapping_value.hpp"
#include "admin/past_request.hpp"
#include "admin/problems.hpp"
#include "admin/request_value.hpp"
#include "admin/routes.hpp"
#include "core/date_time.hpp"
#include "http/characters.hpp"

#include <algorithm>
#include <optional>

namespace shep::admin {
namespace {

namespace json = boost::json;

constexpr std::size_t requests_told = 20;

/// The mappings closest to a message, as the adapter of kind mock would see it.
result<json::array> misses_for(const call& c, past_request& past) {
  if (const auto ok = past.understand(); !ok) return ok.error();
  const auto engine = c.of.mocks();
  const auto store = engine->store();
  json::array out;
  for (const mocks::near_miss& miss : engine->near_misses(past.view())) {
    json::object told = miss_value(miss);
    if (const mocks::mapping* mapping = store->find(miss.mapping_id)) told["stubMapping"] = mapping_value(*mapping);
    out.emplace_back(std::move(told));
  }
  return out;
}

/// "Name: value" lines from {"Name": "value"}, or lists of values; what could not be a header field is noted.
std::string head_from(const json::value& v, fields& from) {
  std::string head;
  const auto* object = v.if_object();
  if (object == nullptr) from.fail("headers", "an object of names and texts is wanted");
  else
    for (const auto& [name, value] : *object) {
      const json::array values = value.is_array() ? value.get_array() : json::array{value};
      for (const json::value& one : values) {
        const auto* text = one.if_string();
        const bool clean = http::is_token(name) && text != nullptr && std::all_of(text->begin(), text->end(), http::is_value_character);
        if (!clean) from.fail("headers/" + as_utf8(clipped(name, 60)), "this is no header field");
        else head.append(name).append(": ").append(*text).append("\r\n");
      }
    }
  return head;
}

}  // namespace

http::response near_misses_of(const call& c) {
  const auto body = json_body(c.request);
  if (!body) return refusal_of(body.error());
  fields from(*body);
  const auto id = from.text("id");
  const auto message = from.text("body");
  const auto url = from.text("url");
  const auto method = from.text("method");
  const json::value* headers = from.any("headers");
  if (id.has_value() == message.has_value()) from.fail(id ? "body" : "id", "one of 'id' and 'body' is wanted", "id: of a journal entry");
  if (id && (url || method || headers != nullptr))
    from.fail(url ? "url" : method ? "method" : "headers", "the journal's entry says it", "leave it out, or send 'body' instead of 'id'");
  std::string head = headers != nullptr ? head_from(*headers, from) : std::string();
  if (const auto ok = from.finish(); !ok) return refusal_of(ok.error());
  std::optional<past_request> past;
  if (id) {
    auto entry = c.of.journal.entries().get(*id);
    if (!entry) return storage_trouble(entry.error());
    past.emplace(c.of, std::move(*entry));
  } else past.emplace(c.of, share(std::string(*message)), method.value_or("POST"), url.value_or(""), std::move(head));
  auto misses = misses_for(c, *past);
  if (!misses) return problem_answer(misses.error().code == problems::admin_not_found ? 404 : 422, misses.error());
  return json_answer(200, json::object{{"nearMisses", std::move(*misses)}});
}

http::response unmatched_near_misses(const call& c) {
  journal::filter f;
  f.unmatched = true;
  const auto page = c.of.journal.entries().list(f, requests_told);
  if (!page) return storage_trouble(page.error());
  json::array all;
  for (const journal::entry& e : page->entries) {
    auto whole = c.of.journal.entries().get(e.arrived.id);
    if (!whole) continue;
    past_request past(c.of, std::move(*whole));
    auto misses = misses_for(c, past);
    if (!misses) continue;  // the world has changed since: it would not get as far as the mappings now
    for (json::value& miss : *misses) {
      miss.get_object()["request"] = {{"id", e.arrived.id}, {"loggedDateString", format_utc(e.arrived.received_at)}};
      all.emplace_back(std::move(miss));
    }
  }
  return json_answer(200, json::object{{"nearMisses", std::move(all)}});
}

}  // namespace shep::admin
