#pragma once

#include "mocks/engine/mapping_store.hpp"

#include <variant>

namespace shep::mocks {

/// Nothing matched: the closest mappings, nearest first.
struct no_match {
  std::vector<near_miss> nearest;
};

using decision = std::variant<response_definition, no_match>;

/// The answer of a mapping to a request. Errors: problems::template_value, template_limit, token_signing, naming file, line and column.
result<response_definition> render(const mapping&, const request_view&, const surroundings&);

/// Mappings and what they may reach. Safe from any thread; a request takes no lock unless a mapping with a scenario is about to answer it.
class engine {
 public:
  /// A fixed set of mappings, and scenarios of its own.
  engine(std::shared_ptr<const stub_store>, surroundings);
  /// Mappings that others change; scenarios of its own when null.
  engine(std::shared_ptr<mapping_store>, surroundings, std::shared_ptr<scenario_store> = nullptr);

  /// Moves the scenario of the mapping that answers. Errors as for `render`, and problems::scenario_busy; "nothing matched" is a decision.
  result<decision> decide(const request_view&) const;

  /// The closest mappings, nearest first, whether one matches or not; moves no scenario.
  std::vector<near_miss> near_misses(const request_view&, std::size_t count = near_misses_told) const;

  /// How a request fares with one mapping, in force or not; moves no scenario.
  near_miss compare(const mapping&, const request_view&) const;
  bool matches(const mapping&, const request_view&) const;

  std::shared_ptr<const stub_store> store() const { return mappings_->snapshot(); }
  mapping_store& mappings() const { return *mappings_; }
  scenario_store& scenarios() const { return *scenarios_; }
  std::shared_ptr<scenario_store> shared_scenarios() const { return scenarios_; }  ///< for the engine that follows this one
  static constexpr std::size_t near_misses_told = 3;

 private:
  std::shared_ptr<mapping_store> mappings_;
  std::shared_ptr<scenario_store> scenarios_;
  surroundings around_;
};

}  // namespace shep::mocks
