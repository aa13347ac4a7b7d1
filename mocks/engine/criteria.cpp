#include "mocks/engine/criteria.hpp"

#include "mocks/engine/evaluation.hpp"
#include "mocks/engine/near_text.hpp"
#include "xml/text.hpp"

#include <algorithm>
#include <span>

namespace shep::mocks {
namespace {

constexpr std::string_view absent = "(absent)";

/// How close a message came is told of the first few values that an expression finds; the verdict itself looks at all.
constexpr std::size_t most_explained = 16;

std::string shown(std::optional<std::string_view> text) { return text ? shortened(*text) : std::string(absent); }

/// An empty part of a request is one that was not sent.
std::optional<std::string_view> sent(std::string_view value) {
  return value.empty() ? std::nullopt : std::optional<std::string_view>(value);
}

}  // namespace

bool value_criterion::holds(evaluation& e) const { return matcher_->holds(sent(e.view.*value_), e.at()); }

criterion_report value_criterion::explain(evaluation& e) const {
  const auto value = sent(e.view.*value_);
  const auto outcome = matcher_->compare(value, e.at());
  return {name_, outcome.exact, outcome.distance, matcher_->describe(), shown(value)};
}

std::optional<equality> value_criterion::demanded() const {
  const auto* text = matcher_->demanded();
  return text ? std::optional<equality>({nullptr, value_, *text}) : std::nullopt;
}

bool xpath_criterion::holds(evaluation& e) const { return matcher_ ? matcher_->holds_for(e.texts(*query_), e.at()) : e.holds(*query_); }

criterion_report xpath_criterion::explain(evaluation& e) const {
  const auto& texts = e.texts(*query_);
  criterion_report report{name_, holds(e), 1, matcher_ ? matcher_->describe() : "something there", std::string(absent)};
  e.values_explained += texts.size();
  if (!texts.empty()) report.actual = shortened(texts.front());
  if (matcher_)
    for (const auto& text : std::span(texts).first(std::min(texts.size(), most_explained))) {
      const auto outcome = matcher_->compare(text, e.at());
      // The value to show is the one that comes closest, or for "not" the one that spoils it.
      if (matcher_->negative() ? outcome.exact : outcome.distance >= report.distance) continue;
      report.distance = outcome.distance;
      report.actual = shortened(text);
    }
  if (report.exact) report.distance = 0;
  return report;
}

std::optional<equality> xpath_criterion::demanded() const {
  const auto* text = matcher_ ? matcher_->demanded() : nullptr;
  return text ? std::optional<equality>({query_.get(), nullptr, *text}) : std::nullopt;
}

std::vector<xml::element> xml_criterion::candidates(evaluation& e) const {
  if (query_) return e.elements(*query_);
  const auto root = where_ == scope::envelope ? e.view.envelope : e.view.business_data;
  return root ? std::vector<xml::element>{root} : std::vector<xml::element>();
}

bool xml_criterion::holds(evaluation& e) const {
  const auto all = candidates(e);
  return std::any_of(all.begin(), all.end(), [this](xml::element one) { return pattern_->matches(one); });
}

criterion_report xml_criterion::explain(evaluation& e) const {
  criterion_report report{name_, false, 1, pattern_->describe(), std::string(absent)};
  auto all = candidates(e);
  report.exact = holds(e);
  if (all.size() > most_explained) all.resize(most_explained);
  for (const auto one : all) {
    const auto outcome = pattern_->compare(one);
    if (report.actual != absent && outcome.distance >= report.distance) continue;
    report.distance = outcome.distance;
    report.actual = outcome.equal ? "equal" : shortened(outcome.difference);
  }
  if (report.exact) report.distance = 0;
  return report;
}

bool record_criterion::holds(evaluation& e) const {
  return (e.record(registry_, std::string(xml::trimmed(e.first(*key_)))) != nullptr) == known_;
}

criterion_report record_criterion::explain(evaluation& e) const {
  const bool exact = holds(e);
  const std::string key(xml::trimmed(e.first(*key_)));
  return {"record", exact, exact ? 0.0 : 1.0,
          std::string(known_ ? "something" : "nothing") + " in the register '" + registry_ + "' under the number at " + key_->expression(),
          key.empty() ? std::string(absent) : shortened(key)};
}

bool known_criterion::holds(evaluation& e) const {
  const std::string number(xml::trimmed(e.first(*number_)));
  const bool found = who_ == registered::person ? e.person(number) != nullptr : e.organization(number) != nullptr;
  return found == known_;
}

criterion_report known_criterion::explain(evaluation& e) const {
  const bool exact = holds(e);
  const std::string number(xml::trimmed(e.first(*number_)));
  return {who_ == registered::person ? "person" : "organization", exact, exact ? 0.0 : 1.0,
          std::string(known_ ? "registered" : "not registered") + " number at " + number_->expression(),
          number.empty() ? std::string(absent) : shortened(number)};
}

}  // namespace shep::mocks
