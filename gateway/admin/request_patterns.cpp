#include "admin/answer.hpp"
#include "admin/body.hpp"
#include "admin/mapping_value.hpp"
#include "admin/past_request.hpp"
#include "admin/problems.hpp"
#include "admin/request_value.hpp"
#include "admin/routes.hpp"
#include "core/date_time.hpp"
#include "mocks/engine/mapping_loader.hpp"

#include <algorithm>

namespace shep::admin {
namespace {

namespace json = boost::json;

/// Entries whose message is read again for one question, and entries looked at in all: what one answer may cost.
constexpr std::size_t most_read = 500;
constexpr std::size_t most_examined = 20'000;
constexpr std::size_t misses_told = 3;

/// A request pattern of WireMock's, which is the `request` part of a mapping: what the journal finds by itself, and the rest.
struct question {
  json::object written;
  journal::filter indexed;
  std::shared_ptr<const mocks::mapping> pattern;
  bool needs_pattern = false;  ///< the filter does not say all of it
  bool needs_message = false;  ///< what the journal noted is not enough
  std::size_t limit = default_limit;
};

/// "X" and {"equalTo": "X"} alone.
const json::string* only_text(const json::value& v) {
  if (const auto* text = v.if_string()) return text;
  const auto* object = v.if_object();
  if (object == nullptr || object->size() != 1) return nullptr;
  const auto* text = object->if_contains("equalTo");
  return text != nullptr ? text->if_string() : nullptr;
}

/// messageId and outcome are the journal's own; serviceId and senderId it finds when they are whole texts.
void take_indexed(question& q, json::object& shep, fields& from) {
  const auto own = [&](std::string_view key, std::optional<std::string>& into) {
    const auto* v = shep.if_contains(key);
    if (v == nullptr) return;
    if (const auto* text = only_text(*v)) into = std::string(*text);
    else from.fail("shep/" + std::string(key), "a text is wanted");
    shep.erase(key);
  };
  own("messageId", q.indexed.message_id);
  own("outcome", q.indexed.outcome);
  const auto common = [&](std::string_view key, std::optional<std::string>& into) {
    const auto* v = shep.if_contains(key);
    const auto* text = v != nullptr ? only_text(*v) : nullptr;
    if (text != nullptr) into = std::string(*text);
    else if (v != nullptr) q.needs_pattern = true;
  };
  common("serviceId", q.indexed.service_id);
  common("senderId", q.indexed.sender_id);
  for (const auto& [key, value] : shep) {
    if (key == "serviceId" || key == "senderId") continue;
    q.needs_pattern = true;
    if (key != "channel") q.needs_message = true;
  }
}

/// The pointer of "request:1:5 /shep/x": lines of a text that was written anew help nobody.
problem pointing(problem p) {
  if (const auto at = p.where.find(" /"); at != std::string::npos) p.where.erase(0, at + 1);
  else if (p.where.starts_with("request:")) p.where = "/";
  return p;
}

struct read_question {
  std::optional<question> asked;
  std::optional<http::response> refused;
};

read_question question_of(const http::request& request) {
  const auto body = json_body(request);
  if (!body) return {{}, refusal_of(body.error())};
  question q;
  q.written = *body;
  fields from(*body);
  if (const auto limit = from.whole("limit", 1, largest_limit)) q.limit = static_cast<std::size_t>(*limit);
  q.written.erase("limit");
  if (auto* shep = q.written.if_contains("shep"); shep != nullptr && shep->is_object()) take_indexed(q, shep->get_object(), from);
  for (const auto& [key, value] : q.written) {
    from.any(key);
    if (key != "shep") q.needs_pattern = true;
    if (key == "bodyPatterns") q.needs_message = true;
  }
  if (const auto ok = from.finish(); !ok) return {{}, refusal_of(ok.error())};
  auto loaded = mocks::load_request_pattern("request", json::serialize(q.written));
  if (!loaded.problems.empty()) {
    std::transform(loaded.problems.begin(), loaded.problems.end(), loaded.problems.begin(), pointing);
    return {{}, refusal_of(loaded.problems)};
  }
  q.pattern = loaded.mappings.front();
  return {std::move(q), {}};
}

struct search {
  std::size_t examined = 0, read = 0;
  bool complete = true;  ///< nothing was left out that could have been found
};

/// Calls `use` for the entries that the journal's filter finds, newest first, until it says false or enough was looked at.
template <class Use>
result<search> each_candidate(const call& c, const question& q, Use use) {
  search done;
  std::optional<std::uint64_t> before;
  do {
    const auto page = c.of.journal.entries().list(q.indexed, largest_limit, before);
    if (!page) return page.error();
    for (const journal::entry& e : page->entries) {
      if (done.examined == most_examined || done.read == most_read) {
        done.complete = false;
        return done;
      }
      ++done.examined;
      auto whole = result<journal::entry>(e);
      if (q.needs_message) {
        ++done.read;
        whole = c.of.journal.entries().get(e.arrived.id);
        if (!whole) continue;  // removed or damaged since
      }
      past_request past(c.of, std::move(*whole));
      // What cannot be understood any more still has what the journal noted.
      if (q.needs_message) (void)past.understand();
      if (!use(past, e)) return done;
    }
    before = page->next;
  } while (before);
  return done;
}

json::object meta_of(const search& s) { return {{"examined", s.examined}, {"complete", s.complete}}; }

}  // namespace

http::response find_requests(const call& c) {
  auto [q, refused] = question_of(c.request);
  if (refused) return std::move(*refused);
  const auto engine = c.of.mocks();
  json::array requests;
  const auto done = each_candidate(c, *q, [&](const past_request& past, const journal::entry& e) {
    if (q->needs_pattern && !engine->matches(*q->pattern, past.view())) return true;
    requests.emplace_back(request_value(e));
    return requests.size() < q->limit;
  });
  if (!done) return storage_trouble(done.error());
  const auto total = c.of.journal.entries().count();
  json::object meta = meta_of(*done);
  meta["total"] = total ? *total : 0;
  return json_answer(200, json::object{{"requests", std::move(requests)}, {"meta", std::move(meta)}, {"requestJournalDisabled", false}});
}

http::response count_requests(const call& c) {
  auto [q, refused] = question_of(c.request);
  if (refused) return std::move(*refused);
  if (!q->needs_pattern) {
    const auto number = c.of.journal.entries().count(q->indexed);
    if (!number) return storage_trouble(number.error());
    return json_answer(200, json::object{{"count", *number}, {"requestJournalDisabled", false}});
  }
  const auto engine = c.of.mocks();
  std::uint64_t count = 0;
  const auto done = each_candidate(c, *q, [&](const past_request& past, const journal::entry&) {
    if (engine->matches(*q->pattern, past.view())) ++count;
    return true;
  });
  if (!done) return storage_trouble(done.error());
  return json_answer(200, json::object{{"count", count}, {"requestJournalDisabled", false}, {"meta", meta_of(*done)}});
}

http::response near_misses_of_pattern(const call& c) {
  auto [q, refused] = question_of(c.request);
  if (refused) return std::move(*refused);
  // Whoever asks wants to know why something was not found: nothing is left out because it is of another service.
  q->indexed = {};
  q->needs_message = true;
  const auto engine = c.of.mocks();
  std::vector<std::pair<mocks::near_miss, json::object>> misses;
  const auto done = each_candidate(c, *q, [&](const past_request& past, const journal::entry& e) {
    misses.emplace_back(engine->compare(*q->pattern, past.view()), request_value(e));
    return misses.size() < default_limit;
  });
  if (!done) return storage_trouble(done.error());
  std::stable_sort(misses.begin(), misses.end(), [](const auto& a, const auto& b) { return a.first.distance < b.first.distance; });
  if (misses.size() > misses_told) misses.resize(misses_told);
  json::array told;
  for (auto& [miss, event] : misses) {
    json::object one = miss_value(miss);
    json::object logged = std::move(event["request"].get_object());
    logged["id"] = event["id"];
    one["request"] = std::move(logged);
    one["requestPattern"] = q->written;
    told.emplace_back(std::move(one));
  }
  return json_answer(200, json::object{{"nearMisses", std::move(told)}});
}

}  // namespace shep::admin
