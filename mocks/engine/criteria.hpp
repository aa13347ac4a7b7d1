#pragma once

#include "mocks/engine/criterion.hpp"
#include "mocks/engine/query.hpp"
#include "mocks/engine/request_view.hpp"
#include "mocks/engine/value_matcher.hpp"
#include "mocks/engine/xml_pattern.hpp"

#include <memory>
#include <string>

/// The conditions a mapping can be made of, beside consent (consent.hpp).
namespace shep::mocks {

/// Null: the criterion asks only whether there is something.
using matcher_ptr = std::shared_ptr<const value_matcher>;

/// A value of the request itself: serviceId, senderId, channel, the indication of a signature, the octets received.
class value_criterion final : public criterion {
 public:
  using member = std::string_view request_view::*;
  value_criterion(std::string name, member value, matcher_ptr matcher, double weight = 1)
      : name_(std::move(name)), value_(value), matcher_(std::move(matcher)), weight_(weight) {}
  bool holds(evaluation&) const override;
  criterion_report explain(evaluation&) const override;
  std::optional<equality> demanded() const override;
  double weight() const override { return weight_; }

 private:
  std::string name_;
  member value_;
  matcher_ptr matcher_;
  double weight_;
};

/// matchesXPath: the expression finds something, or the texts it finds satisfy a matcher.
class xpath_criterion final : public criterion {
 public:
  xpath_criterion(std::string name, std::shared_ptr<const query> asked, matcher_ptr matcher)
      : name_(std::move(name)), query_(std::move(asked)), matcher_(std::move(matcher)) {}
  bool holds(evaluation&) const override;
  criterion_report explain(evaluation&) const override;
  std::optional<equality> demanded() const override;

 private:
  std::string name_;
  std::shared_ptr<const query> query_;
  matcher_ptr matcher_;
};

/// equalToXml: a whole document, or one of the elements that an XPath finds.
class xml_criterion final : public criterion {
 public:
  xml_criterion(std::string name, scope where, std::shared_ptr<const query> asked, std::shared_ptr<const xml_pattern> pattern)
      : name_(std::move(name)), where_(where), query_(std::move(asked)), pattern_(std::move(pattern)) {}
  bool holds(evaluation&) const override;
  criterion_report explain(evaluation&) const override;

 private:
  std::vector<xml::element> candidates(evaluation&) const;

  std::string name_;
  scope where_;
  std::shared_ptr<const query> query_;  // null: the document itself
  std::shared_ptr<const xml_pattern> pattern_;
};

/// Whether a register holds anything under the key that the request names (evaluation::record).
class record_criterion final : public criterion {
 public:
  record_criterion(std::string registry, std::shared_ptr<const query> key, bool known)
      : registry_(std::move(registry)), key_(std::move(key)), known_(known) {}
  bool holds(evaluation&) const override;
  criterion_report explain(evaluation&) const override;

 private:
  std::string registry_;
  std::shared_ptr<const query> key_;
  bool known_;
};

enum class registered { person, organization };

/// Whether the person or company whose number the request names exists in the simulated country.
class known_criterion final : public criterion {
 public:
  known_criterion(registered who, std::shared_ptr<const query> number, bool known) : who_(who), number_(std::move(number)), known_(known) {}
  bool holds(evaluation&) const override;
  criterion_report explain(evaluation&) const override;

 private:
  registered who_;
  std::shared_ptr<const query> number_;
  bool known_;
};

}  // namespace shep::mocks
