#pragma once

#include "core/result.hpp"
#include "mocks/engine/evaluation.hpp"
#include "mocks/engine/mapping.hpp"
#include "mocks/engine/service_index.hpp"

#include <memory>
#include <span>
#include <unordered_map>
#include <vector>

namespace shep::mocks {

/// What a search found, and what it cost.
struct match_outcome {
  const mapping* found = nullptr;  ///< owned by the store; null when nothing matched
  std::size_t examined = 0;        ///< mappings whose criteria were looked at
};

/// A mapping that did not match, and why.
struct near_miss {
  std::string mapping_id;
  std::string mapping_name;
  std::string file;
  double distance = 0;                     ///< 0…1, weighted mean of the criteria
  std::vector<criterion_report> criteria;  ///< all, in order

  const criterion_report* first_failed() const;  ///< null only when every criterion held
};

bool all_hold(const mapping&, evaluation&);
near_miss explained(const mapping&, evaluation&);

/// An immutable set of mappings, indexed so that mappings of other services cost a request nothing. Safe from any thread.
class stub_store {
 public:
  /// In the order of loading: among equal priorities the last wins. Error: problems::mapping_duplicate.
  static result<std::shared_ptr<const stub_store>> create(std::vector<std::shared_ptr<const mapping>>);

  match_outcome match(evaluation&) const;

  /// The closest mappings, nearest first, at most `count`; looks at `near_miss_budget` mappings at most, those of the request's service
  /// first, then those of the services with the most similar names; stops sooner once `near_miss_values` values of the message were
  /// compared, so that a message of very many elements costs no more than others.
  std::vector<near_miss> nearest(evaluation&, std::size_t count) const;
  static constexpr std::size_t near_miss_budget = 512;
  static constexpr std::size_t near_miss_values = 1'000'000;

  std::span<const std::shared_ptr<const mapping>> mappings() const { return mappings_; }
  const mapping* find(std::string_view id) const;

 private:
  stub_store() = default;
  std::vector<rank> candidates_for_explanation(std::string_view service_id) const;

  std::vector<std::shared_ptr<const mapping>> mappings_;
  std::vector<const mapping*> order_;
  std::unordered_map<std::string_view, const mapping*> by_id_;
  std::unordered_map<std::string_view, service_index> by_service_;
  service_index any_service_;
};

}  // namespace shep::mocks
