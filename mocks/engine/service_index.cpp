#include "mocks/engine/service_index.hpp"

#include <algorithm>
#include <unordered_set>

namespace shep::mocks {
namespace {

// Below this, looking at each mapping costs no more than looking them up.
constexpr std::size_t worth_indexing = 8;
// Each key costs a request one look, also where it finds nothing.
constexpr std::size_t most_keys = 8;

struct compared_key {
  const query* path;
  std::string_view request_view::*part;
  std::size_t uses = 0;
  std::unordered_set<std::string_view> texts;  // views into criteria

  bool is(const equality& e) const { return e.path == path && e.part == part; }
};

/// What a mapping demands, beside its service: that one tells the mappings of an index not apart.
template <class Use>
void each_demand(const mapping& m, Use use) {
  for (const auto& c : m.criteria)
    if (const auto demanded = c->demanded(); demanded && demanded->part != &request_view::service_id) use(*demanded);
}

/// What tells most mappings apart, first that with the most different texts; the earlier one among equals, so that the same set always
/// gives the same index.
std::vector<compared_key> common_keys(std::span<const mapping* const> order, std::span<const rank> members) {
  std::vector<compared_key> found;
  // Very many different XPaths in one service are counted as far as these go.
  constexpr std::size_t most_counted = 64;
  for (const auto member : members)
    each_demand(*order[member], [&](const equality& e) {
      auto known = std::find_if(found.begin(), found.end(), [&](const compared_key& k) { return k.is(e); });
      if (known == found.end()) {
        if (found.size() == most_counted) return;
        known = found.insert(found.end(), {e.path, e.part, 0, {}});
      }
      ++known->uses;
      known->texts.insert(e.text);
    });
  std::erase_if(found, [](const compared_key& k) { return k.uses < worth_indexing || k.texts.size() < 2; });
  std::stable_sort(found.begin(), found.end(),
                   [](const compared_key& a, const compared_key& b) { return a.texts.size() > b.texts.size(); });
  if (found.size() > most_keys) found.resize(most_keys);
  return found;
}

}  // namespace

service_index::service_index(std::span<const mapping* const> order, std::vector<rank> members) : members_(std::move(members)) {
  const auto common = common_keys(order, members_);
  for (const auto& k : common) keys_.push_back({k.path, k.part, {}});
  for (const auto member : members_) {
    std::size_t best = common.size();
    std::string_view text;
    each_demand(*order[member], [&](const equality& e) {
      const auto place = std::find_if(common.begin(), common.end(), [&](const compared_key& k) { return k.is(e); });
      if (const auto number = static_cast<std::size_t>(place - common.begin()); number < best) {
        best = number;
        text = e.text;
      }
    });
    auto& list = best < common.size() ? keys_[best].by_text[text] : others_;
    list.push_back(member);
  }
  std::erase_if(keys_, [](const key& k) { return k.by_text.empty(); });
}

std::vector<rank> service_index::candidates(evaluation& e) const {
  std::vector<rank> found = others_;
  const auto look_up = [&](const key& k, std::string_view text) {
    const auto list = k.by_text.find(text);
    if (list != k.by_text.end()) found.insert(found.end(), list->second.begin(), list->second.end());
  };
  for (const auto& k : keys_) {
    if (!k.path) look_up(k, e.view.*k.part);
    else
      for (const auto& text : e.texts(*k.path)) look_up(k, text);
  }
  if (found.size() == others_.size()) return found;
  std::sort(found.begin(), found.end());
  // The request may hold the same text twice.
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

}  // namespace shep::mocks
