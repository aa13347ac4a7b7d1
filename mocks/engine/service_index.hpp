#pragma once

#include "mocks/engine/evaluation.hpp"
#include "mocks/engine/mapping.hpp"

#include <cstdint>
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace shep::mocks {

/// Place of a mapping in a store's order; the lowest that matches wins.
using rank = std::uint32_t;

/// The mappings of one service. Those that demand one text, at an XPath or in a part of the request that several of them look at, are found
/// by that text, so that a service with a thousand answers costs a request as much as one with ten (performance goal B5).
class service_index {
 public:
  service_index() = default;

  /// `order` is the whole store's; `members` are this service's places in it, ascending.
  service_index(std::span<const mapping* const> order, std::vector<rank> members);

  /// Places that could match, ascending; a place left out cannot.
  std::vector<rank> candidates(evaluation&) const;

  std::span<const rank> members() const { return members_; }

 private:
  /// One thing that mappings compare, and those that compare it, by the text they demand. Views into criteria of the store.
  struct key {
    const query* path;
    std::string_view request_view::*part;
    std::unordered_map<std::string_view, std::vector<rank>> by_text;
  };
  std::vector<rank> members_;
  std::vector<key> keys_;
  std::vector<rank> others_;
};

}  // namespace shep::mocks
