#pragma once

#include "mocks/engine/criterion.hpp"
#include "mocks/engine/query.hpp"
#include "mocks/engine/request_view.hpp"

#include <memory>
#include <optional>
#include <string>

namespace shep::mocks {

/// A mapping's place in a scenario: which conversation a request belongs to, and where it stands and goes.
struct scenario_step {
  std::string name;
  std::shared_ptr<const query> key_path;  ///< one of these two, or neither: one conversation for all
  std::string_view request_view::*key_member = nullptr;
  std::optional<std::string> required;
  std::optional<std::string> next;

  bool keyed() const { return key_path || key_member; }
  std::string key(evaluation&) const;  ///< empty when the request does not have it
};

/// The conversation stands at the required state.
class scenario_criterion final : public criterion {
 public:
  explicit scenario_criterion(scenario_step step) : step_(std::move(step)) {}  ///< `required` is set
  bool holds(evaluation&) const override;
  criterion_report explain(evaluation&) const override;

 private:
  scenario_step step_;
};

/// Moves the conversation on. False when it no longer stands where this evaluation saw it.
bool advance(const scenario_step&, evaluation&);

}  // namespace shep::mocks
