#pragma once

#include "mocks/engine/evaluation.hpp"
#include "mocks/engine/mapping.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

namespace shep::mocks {

/// Place of a mapping in a store's order; the lowest that matches wins.
using rank = std::uint32_t;

/// The mappings of one service. Those that ask for one text at the XPath most of them look at are found by that text, so that a service
/// with a thousand answers costs a request as much as one with ten (performance goal B5).
class service_index {
 public:
  service_index() = default;

  /// `order` is the whole store's; `members` are this service's places in it, ascending.
  service_index(std::span<const mapping* const> order, std::vector<rank> members);

  /// Places that could match, ascending; a place left out cannot.
  std::vector<rank> candidates(evaluation&) const;

  std::span<const rank> members() const { return members_; }

 private:
  std::vector<rank> members_;
  const query* key_ = nullptr;  ///< belongs to mappings of the store; null: no XPath is common enough
  std::unordered_map<std::string, std::vector<rank>> by_text_;
  std::vector<rank> others_;
};

}  // namespace shep::mocks
