#include "mocks/engine/service_index.hpp"

#include "mocks/engine/criteria.hpp"

#include <algorithm>

namespace shep::mocks {
namespace {

// Below this, looking at each mapping costs no more than looking them up.
constexpr std::size_t worth_indexing = 8;

/// The text a mapping demands at an XPath, when it demands exactly one.
const xpath_criterion* equality_of(const criterion& c) {
  const auto* asked = dynamic_cast<const xpath_criterion*>(&c);
  if (!asked || !asked->matcher()) return nullptr;
  const bool exact = asked->matcher()->kind() == text_operator::equal_to && asked->matcher()->case_sensitive();
  return exact ? asked : nullptr;
}

const xpath_criterion* equality_at(const mapping& m, const query* key) {
  for (const auto& c : m.criteria)
    if (const auto* equality = equality_of(*c); equality && &equality->asked() == key) return equality;
  return nullptr;
}

/// The XPath that most mappings compare; the first one among equals, so that the same set always gives the same index.
const query* common_key(std::span<const mapping* const> order, std::span<const rank> members) {
  std::unordered_map<const query*, std::size_t> uses;
  const query* best = nullptr;
  for (const auto member : members)
    for (const auto& c : order[member]->criteria)
      if (const auto* equality = equality_of(*c))
        if (const auto count = ++uses[&equality->asked()]; !best || count > uses[best]) best = &equality->asked();
  return best && uses[best] >= worth_indexing ? best : nullptr;
}

}  // namespace

service_index::service_index(std::span<const mapping* const> order, std::vector<rank> members)
    : members_(std::move(members)), key_(common_key(order, members_)) {
  for (const auto member : members_) {
    const auto* equality = key_ ? equality_at(*order[member], key_) : nullptr;
    auto& list = equality ? by_text_[equality->matcher()->operand()] : others_;
    list.push_back(member);
  }
}

std::vector<rank> service_index::candidates(evaluation& e) const {
  std::vector<rank> found = others_;
  if (!key_) return found;
  for (const auto& text : e.texts(*key_)) {
    const auto list = by_text_.find(text);
    if (list != by_text_.end()) found.insert(found.end(), list->second.begin(), list->second.end());
  }
  std::sort(found.begin(), found.end());
  // The request may hold the same text twice.
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

}  // namespace shep::mocks
