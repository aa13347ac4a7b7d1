#include "mocks/engine/mapping_store.hpp"

#include "mocks/engine/mapping_loader.hpp"
#include "mocks/engine/problems.hpp"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

namespace shep::mocks {
namespace {

auto place_of(std::vector<std::shared_ptr<const mapping>>& all, std::string_view id) {
  return std::find_if(all.begin(), all.end(), [&](const auto& m) { return m->id == id; });
}

std::string lower_hex(std::string_view id) {
  std::string lower(id);
  for (char& c : lower)
    if (c >= 'A' && c <= 'F') c = static_cast<char>(c - 'A' + 'a');
  return lower;
}

problem unknown(std::string_view id) {
  return {problems::mapping_unknown, "there is no mapping " + std::string(id.substr(0, 64)), {}, "list the mappings to see their ids"};
}

}  // namespace

result<std::shared_ptr<mapping_store>> mapping_store::create(changed loaded, body_opener bodies) {
  auto first = stub_store::create(loaded);
  if (!first) return first.error();
  std::shared_ptr<mapping_store> store(new mapping_store(std::move(bodies)));
  store->loaded_ = std::move(loaded);
  store->current_ = std::move(*first);
  return store;
}

std::vector<std::shared_ptr<const mapping>> mapping_store::list() const {
  const auto now = snapshot();
  return {now->mappings().begin(), now->mappings().end()};
}

std::unique_ptr<body_source> mapping_store::bodies() const {
  return bodies_ ? bodies_() : std::make_unique<memory_bodies>(std::map<std::string, std::string, std::less<>>());
}

mapping_change mapping_store::decoded(std::string_view json, std::string id, const mapping_check& check) {
  auto read = load_added_mapping("mapping " + id, json, id, *bodies());
  if (read.mappings.empty() || !read.problems.empty()) return {nullptr, std::move(read.problems)};
  if (const auto ok = check ? check(*read.mappings.front()) : result<void>(); !ok) return {nullptr, {ok.error()}};
  return {read.mappings.front(), {}};
}

std::vector<problem> mapping_store::put(changed next) {
  auto made = stub_store::create(std::move(next));
  if (!made) return {made.error()};
  current_ = std::move(*made);
  return {};
}

mapping_change mapping_store::add(std::string_view json, ids& identifiers, const mapping_check& check) {
  const std::lock_guard hold(writing_);
  auto change = decoded(json, identifiers.uuid(), check);
  if (!change.made) return change;
  auto next = list();
  next.push_back(change.made);
  change.problems = put(std::move(next));
  if (!change.problems.empty()) change.made = nullptr;
  return change;
}

mapping_change mapping_store::update(std::string_view given, std::string_view json, const mapping_check& check) {
  const std::string id = lower_hex(given);
  const std::lock_guard hold(writing_);
  auto next = list();
  const auto place = place_of(next, id);
  if (place == next.end()) return {nullptr, {unknown(id)}};
  auto change = decoded(json, id, check);
  if (!change.made) return change;
  if (change.made->id != id)
    return {nullptr,
            {{problems::mapping_value, "the mapping says its id is " + change.made->id, {}, "leave the id out, or send it to that id"}}};
  *place = change.made;
  change.problems = put(std::move(next));
  return change;
}

bool mapping_store::remove(std::string_view given) {
  const std::string id = lower_hex(given);
  const std::lock_guard hold(writing_);
  auto next = list();
  const auto place = place_of(next, id);
  if (place == next.end()) return false;
  next.erase(place);
  return put(std::move(next)).empty();
}

std::vector<std::shared_ptr<const mapping>> mapping_store::remove_if(const std::function<bool(const mapping&)>& unwanted) {
  const std::lock_guard hold(writing_);
  changed kept, gone;
  for (auto& m : list()) (unwanted(*m) ? gone : kept).push_back(std::move(m));
  if (!gone.empty()) put(std::move(kept));
  return gone;
}

mapping_store::import_change mapping_store::import(std::string_view json, const import_order& order, ids& identifiers,
                                                   const mapping_check& check) {
  const std::lock_guard hold(writing_);
  // Ids of mappings that have none are made from this name.
  const mapping_text text{"import " + identifiers.uuid(), std::string(json)};
  auto read = load_mappings(std::span(&text, 1), *bodies());
  import_change change;
  change.problems = std::move(read.problems);
  for (const auto& m : read.mappings)
    if (const auto ok = check ? check(*m) : result<void>(); !ok) change.problems.push_back(ok.error());
  if (!change.problems.empty()) return change;
  changed next = list();
  std::unordered_map<std::string, std::size_t> places;
  for (std::size_t i = 0; i < next.size(); ++i) places.emplace(next[i]->id, i);
  std::vector<bool> named(next.size());
  changed fresh;
  for (auto& m : read.mappings) {
    const auto known = places.find(m->id);
    if (known == places.end()) {
      ++change.added;
      fresh.push_back(std::move(m));
      continue;
    }
    named[known->second] = true;
    ++(order.keep_known ? change.ignored : change.replaced);
    if (!order.keep_known) next[known->second] = std::move(m);
  }
  changed kept;
  for (std::size_t i = 0; i < next.size(); ++i)
    if (named[i] || !order.only_these) kept.push_back(std::move(next[i]));
  change.removed = next.size() - kept.size();
  kept.insert(kept.end(), fresh.begin(), fresh.end());
  change.problems = put(std::move(kept));
  return change;
}

std::vector<std::shared_ptr<const mapping>> mapping_store::added() const {
  const std::lock_guard hold(writing_);
  const std::unordered_set<std::shared_ptr<const mapping>> known(loaded_.begin(), loaded_.end());
  changed out;
  for (auto& m : list())
    if (!known.contains(m)) out.push_back(std::move(m));
  return out;
}

std::vector<std::shared_ptr<const mapping>> mapping_store::loaded() const {
  const std::lock_guard hold(writing_);
  return loaded_;
}

std::vector<problem> mapping_store::take_over(const changed& added_elsewhere) {
  const std::lock_guard hold(writing_);
  const auto files = bodies();
  changed next = loaded_;
  for (const auto& m : added_elsewhere) {
    auto read = load_added_mapping(m->file, m->source, m->id, *files);
    if (!read.problems.empty()) return std::move(read.problems);
    const auto place = place_of(next, m->id);
    if (place == next.end()) next.push_back(std::move(read.mappings.front()));
    else *place = std::move(read.mappings.front());
  }
  return put(std::move(next));
}

mapping_change mapping_store::saved_as(const mapping& m, const std::string& file) {
  const std::lock_guard hold(writing_);
  auto read = load_added_mapping(file, m.source, m.id, *bodies());
  if (!read.problems.empty()) return {nullptr, std::move(read.problems)};
  const auto& now = read.mappings.front();
  auto next = list();
  if (const auto place = place_of(next, m.id); place != next.end()) *place = now;
  if (const auto place = place_of(loaded_, m.id); place != loaded_.end()) *place = now;
  else loaded_.push_back(now);
  return {now, put(std::move(next))};
}

void mapping_store::clear() {
  const std::lock_guard hold(writing_);
  put({});
}

void mapping_store::reset() {
  const std::lock_guard hold(writing_);
  put(loaded_);
}

}  // namespace shep::mocks
