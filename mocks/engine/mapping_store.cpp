#include "mocks/engine/mapping_store.hpp"

#include "mocks/engine/mapping_loader.hpp"
#include "mocks/engine/problems.hpp"

#include <algorithm>

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

mapping_change mapping_store::decoded(std::string_view json, std::string id, const mapping_check& check) {
  const auto bodies = bodies_ ? bodies_() : std::make_unique<memory_bodies>(std::map<std::string, std::string, std::less<>>());
  auto read = load_added_mapping("mapping " + id, json, id, *bodies);
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

void mapping_store::clear() {
  const std::lock_guard hold(writing_);
  put({});
}

void mapping_store::reset() {
  const std::lock_guard hold(writing_);
  put(loaded_);
}

}  // namespace shep::mocks
