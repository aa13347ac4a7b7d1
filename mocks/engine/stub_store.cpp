#include "mocks/engine/stub_store.hpp"

#include "mocks/engine/near_text.hpp"
#include "mocks/engine/problems.hpp"

#include <algorithm>
#include <limits>

namespace shep::mocks {

bool all_hold(const mapping& m, evaluation& e) {
  return std::all_of(m.criteria.begin(), m.criteria.end(), [&e](const auto& c) { return c->holds(e); });
}

near_miss explained(const mapping& m, evaluation& e) {
  near_miss miss{m.id, m.name, m.file, 0, {}};
  double weights = 0;
  for (const auto& c : m.criteria) {
    miss.criteria.push_back(c->explain(e));
    miss.distance += c->weight() * miss.criteria.back().distance;
    weights += c->weight();
  }
  if (weights > 0) miss.distance /= weights;
  return miss;
}

const criterion_report* near_miss::first_failed() const {
  for (const auto& report : criteria)
    if (!report.exact) return &report;
  return nullptr;
}

result<std::shared_ptr<const stub_store>> stub_store::create(std::vector<std::shared_ptr<const mapping>> mappings) {
  std::shared_ptr<stub_store> store(new stub_store());
  store->mappings_ = std::move(mappings);
  std::vector<std::size_t> sequence(store->mappings_.size());
  for (std::size_t i = 0; i < sequence.size(); ++i) sequence[i] = i;
  // The last one loaded first, then by priority without disturbing that.
  std::reverse(sequence.begin(), sequence.end());
  std::stable_sort(sequence.begin(), sequence.end(),
                   [&](std::size_t a, std::size_t b) { return store->mappings_[a]->priority < store->mappings_[b]->priority; });
  std::unordered_map<std::string_view, std::vector<rank>> members;
  std::vector<rank> of_any;
  for (const auto place : sequence) {
    const mapping* m = store->mappings_[place].get();
    if (!store->by_id_.emplace(m->id, m).second)
      return problem(problems::mapping_duplicate, "two mappings have the id " + m->id, m->file, "give one of them another id");
    auto& list = m->service_id.empty() ? of_any : members[m->service_id];
    list.push_back(static_cast<rank>(store->order_.size()));
    store->order_.push_back(m);
  }
  for (auto& [service, list] : members) store->by_service_.emplace(service, service_index(store->order_, std::move(list)));
  store->any_service_ = service_index(store->order_, std::move(of_any));
  return std::shared_ptr<const stub_store>(std::move(store));
}

match_outcome stub_store::match(evaluation& e) const {
  match_outcome outcome;
  const auto place = by_service_.find(e.view.service_id);
  const auto own = place == by_service_.end() ? std::vector<rank>() : place->second.candidates(e);
  const auto any = any_service_.candidates(e);
  // Both lists are in order; the smaller head is the next to be asked.
  for (std::size_t i = 0, j = 0; i < own.size() || j < any.size();) {
    const bool from_own = j == any.size() || (i < own.size() && own[i] < any[j]);
    const mapping* m = order_[from_own ? own[i++] : any[j++]];
    ++outcome.examined;
    if (!all_hold(*m, e)) continue;
    outcome.found = m;
    return outcome;
  }
  return outcome;
}

std::vector<rank> stub_store::candidates_for_explanation(std::string_view service_id) const {
  std::vector<rank> candidates;
  const auto take = [&candidates](const service_index& index) {
    const auto list = index.members().first(std::min(near_miss_budget - candidates.size(), index.members().size()));
    candidates.insert(candidates.end(), list.begin(), list.end());
  };
  if (const auto own = by_service_.find(service_id); own != by_service_.end()) take(own->second);
  take(any_service_);
  // Comparing names costs too: a store of very many services is sampled.
  constexpr std::size_t names_compared = 4096, services_taken = 3;
  std::vector<std::pair<double, std::string_view>> others;
  for (const auto& [name, index] : by_service_) {
    if (others.size() == names_compared) break;
    if (name != service_id) others.emplace_back(text_distance(service_id, name), name);
  }
  const auto closest = others.begin() + static_cast<std::ptrdiff_t>(std::min(services_taken, others.size()));
  std::partial_sort(others.begin(), closest, others.end());
  for (auto other = others.begin(); other != closest; ++other) take(by_service_.at(other->second));
  return candidates;
}

std::vector<near_miss> stub_store::nearest(evaluation& e, std::size_t count) const {
  std::vector<near_miss> misses;
  for (const auto candidate : candidates_for_explanation(e.view.service_id)) {
    if (e.values_explained > near_miss_values && !misses.empty()) break;
    misses.push_back(explained(*order_[candidate], e));
  }
  std::stable_sort(misses.begin(), misses.end(), [](const near_miss& a, const near_miss& b) { return a.distance < b.distance; });
  if (misses.size() > count) misses.resize(count);
  return misses;
}

const mapping* stub_store::find(std::string_view id) const {
  const auto found = by_id_.find(id);
  return found == by_id_.end() ? nullptr : found->second;
}

}  // namespace shep::mocks
