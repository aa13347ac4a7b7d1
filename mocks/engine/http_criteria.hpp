#pragma once

#include "mocks/engine/criteria.hpp"

#include <string>

/// Conditions on the HTTP request, for mappings written for WireMock.
namespace shep::mocks {

/// url, urlPath, urlPattern, urlPathPattern.
class target_criterion final : public criterion {
 public:
  target_criterion(std::string name, bool path_only, matcher_ptr matcher)
      : name_(std::move(name)), path_only_(path_only), matcher_(std::move(matcher)) {}
  bool holds(evaluation&) const override;
  criterion_report explain(evaluation&) const override;

 private:
  std::optional<std::string_view> value(evaluation&) const;

  std::string name_;
  bool path_only_;
  matcher_ptr matcher_;
};

/// One header field by its name in any letter case; several of that name are several values.
class header_criterion final : public criterion {
 public:
  header_criterion(std::string header, matcher_ptr matcher) : header_(std::move(header)), matcher_(std::move(matcher)) {}
  bool holds(evaluation&) const override;
  criterion_report explain(evaluation&) const override;

 private:
  std::vector<std::string> values(evaluation&) const;

  std::string header_;
  matcher_ptr matcher_;
};

}  // namespace shep::mocks
