#include "mocks/engine/scenario_store.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <list>
#include <mutex>
#include <tuple>
#include <unordered_map>

namespace shep::mocks {
namespace {

constexpr std::size_t shards = 64;

std::string_view cut(std::string_view text) { return text.substr(0, longest_scenario_text); }

/// Scenario and key as one text; the length in front keeps two pairs from looking alike.
std::string joined(std::string_view scenario, std::string_view key) {
  scenario = cut(scenario);
  std::string whole = std::to_string(scenario.size()) + ":";
  return whole.append(scenario).append(cut(key));
}

/// Some of the conversations. The front of the list was asked for last.
struct shard {
  std::mutex lock;
  std::list<scenario_entry> entries;
  std::unordered_map<std::string, std::list<scenario_entry>::iterator> places;

  scenario_entry* find(const std::string& place) {
    const auto found = places.find(place);
    if (found == places.end()) return nullptr;
    entries.splice(entries.begin(), entries, found->second);
    return &entries.front();
  }

  void drop(const std::string& place) {
    const auto found = places.find(place);
    if (found == places.end()) return;
    entries.erase(found->second);
    places.erase(found);
  }

  void add(std::string place, scenario_entry entry, std::size_t capacity) {
    if (places.size() >= capacity) {
      const auto& oldest = entries.back();
      places.erase(joined(oldest.scenario, oldest.key));
      entries.pop_back();
    }
    entries.push_front(std::move(entry));
    places.emplace(std::move(place), entries.begin());
  }
};

class memory_store final : public scenario_store {
 public:
  explicit memory_store(std::size_t capacity) : capacity_(std::max<std::size_t>(1, capacity / shards)) {}

  std::string state(std::string_view scenario, std::string_view key) override {
    const std::string place = joined(scenario, key);
    shard& s = of(place);
    const std::lock_guard hold(s.lock);
    const auto* entry = s.find(place);
    return entry ? entry->state : std::string(first_state);
  }

  bool advance(std::string_view scenario, std::string_view key, std::optional<std::string_view> expected, std::string_view next) override {
    std::string place = joined(scenario, key);
    next = cut(next);
    shard& s = of(place);
    const std::lock_guard hold(s.lock);
    auto* entry = s.find(place);
    if (expected && cut(*expected) != (entry ? std::string_view(entry->state) : first_state)) return false;
    if (next == first_state) s.drop(place);
    else if (entry) entry->state = next;
    else s.add(std::move(place), {std::string(cut(scenario)), std::string(cut(key)), std::string(next)}, capacity_);
    return true;
  }

  std::vector<scenario_entry> list(std::size_t most) const override {
    std::vector<scenario_entry> all;
    for (auto& s : shards_) {
      const std::lock_guard hold(s.lock);
      all.insert(all.end(), s.entries.begin(), s.entries.end());
    }
    const auto order = [](const scenario_entry& a, const scenario_entry& b) {
      return std::tie(a.scenario, a.key) < std::tie(b.scenario, b.key);
    };
    std::sort(all.begin(), all.end(), order);
    if (all.size() > most) all.resize(most);
    return all;
  }

  void reset() override {
    for (auto& s : shards_) {
      const std::lock_guard hold(s.lock);
      s.places.clear();
      s.entries.clear();
    }
  }

  void reset(std::string_view scenario) override {
    for (auto& s : shards_) {
      const std::lock_guard hold(s.lock);
      std::erase_if(s.places, [&](const auto& place) { return place.second->scenario == cut(scenario); });
      std::erase_if(s.entries, [&](const auto& entry) { return entry.scenario == cut(scenario); });
    }
  }

 private:
  shard& of(const std::string& place) { return shards_[std::hash<std::string>()(place) % shards]; }

  std::size_t capacity_;  // of one shard
  mutable std::array<shard, shards> shards_;
};

}  // namespace

std::unique_ptr<scenario_store> memory_scenarios(std::size_t capacity) { return std::make_unique<memory_store>(capacity); }

}  // namespace shep::mocks
