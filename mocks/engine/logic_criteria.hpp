#pragma once

#include "mocks/engine/criterion.hpp"

#include <memory>
#include <vector>

/// and, or, not: conditions made of conditions.
namespace shep::mocks {

using criterion_ptr = std::unique_ptr<const criterion>;

class all_criterion final : public criterion {
 public:
  all_criterion(std::string name, std::vector<criterion_ptr> parts) : name_(std::move(name)), parts_(std::move(parts)) {}
  bool holds(evaluation&) const override;
  criterion_report explain(evaluation&) const override;  ///< shows the first part that fails; the mean distance
  std::optional<equality> demanded() const override;

 private:
  std::string name_;
  std::vector<criterion_ptr> parts_;
};

class any_criterion final : public criterion {
 public:
  any_criterion(std::string name, std::vector<criterion_ptr> parts) : name_(std::move(name)), parts_(std::move(parts)) {}
  bool holds(evaluation&) const override;
  criterion_report explain(evaluation&) const override;  ///< shows the part that comes closest

 private:
  std::string name_;
  std::vector<criterion_ptr> parts_;
};

class not_criterion final : public criterion {
 public:
  not_criterion(std::string name, criterion_ptr part) : name_(std::move(name)), part_(std::move(part)) {}
  bool holds(evaluation& e) const override { return !part_->holds(e); }
  criterion_report explain(evaluation&) const override;

 private:
  std::string name_;
  criterion_ptr part_;
};

}  // namespace shep::mocks
