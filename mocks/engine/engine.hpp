#pragma once

#include "mocks/engine/stub_store.hpp"

#include <variant>

namespace shep::mocks {

/// Nothing matched: the closest mappings, nearest first.
struct no_match {
  std::vector<near_miss> nearest;
};

using decision = std::variant<response_definition, no_match>;

/// The answer of a mapping to a request. Errors: problems::template_value, template_limit, token_signing, naming file, line and column.
result<response_definition> render(const mapping&, const request_view&, const surroundings&);

/// Mappings and what they may reach. Immutable, safe from any thread, no locks; a change of mappings is a new engine.
class engine {
 public:
  engine(std::shared_ptr<const stub_store> store, surroundings around) : store_(std::move(store)), around_(around) {}

  /// Errors as for `render`; "nothing matched" is a decision.
  result<decision> decide(const request_view&) const;

  const stub_store& store() const { return *store_; }
  static constexpr std::size_t near_misses_told = 3;

 private:
  std::shared_ptr<const stub_store> store_;
  surroundings around_;
};

}  // namespace shep::mocks
