#include "mocks/engine/logic_criteria.hpp"

#include "mocks/engine/near_text.hpp"

#include <algorithm>

namespace shep::mocks {
namespace {

std::string joined(const std::vector<criterion_report>& reports, std::string_view word) {
  std::string text;
  for (const auto& r : reports) text += (text.empty() ? "" : " " + std::string(word) + " ") + r.expected;
  return "(" + shortened(text) + ")";
}

std::vector<criterion_report> explained(const std::vector<criterion_ptr>& parts, evaluation& e) {
  std::vector<criterion_report> reports;
  for (const auto& part : parts) reports.push_back(part->explain(e));
  return reports;
}

}  // namespace

bool all_criterion::holds(evaluation& e) const {
  return std::all_of(parts_.begin(), parts_.end(), [&e](const auto& part) { return part->holds(e); });
}

criterion_report all_criterion::explain(evaluation& e) const {
  const auto reports = explained(parts_, e);
  criterion_report whole{name_, true, 0, joined(reports, "and"), {}};
  for (const auto& r : reports) {
    if (whole.exact) whole.actual = r.actual;
    whole.exact = whole.exact && r.exact;
    whole.distance += r.distance / static_cast<double>(reports.size());
  }
  whole.distance = std::min(1.0, whole.distance);
  return whole;
}

std::optional<equality> all_criterion::demanded() const {
  for (const auto& part : parts_)
    if (auto found = part->demanded()) return found;
  return std::nullopt;
}

bool any_criterion::holds(evaluation& e) const {
  return std::any_of(parts_.begin(), parts_.end(), [&e](const auto& part) { return part->holds(e); });
}

criterion_report any_criterion::explain(evaluation& e) const {
  const auto reports = explained(parts_, e);
  const auto closest =
      std::min_element(reports.begin(), reports.end(), [](const auto& a, const auto& b) { return a.distance < b.distance; });
  return {name_, closest->exact, closest->distance, joined(reports, "or"), closest->actual};
}

criterion_report not_criterion::explain(evaluation& e) const {
  auto report = part_->explain(e);
  return {name_, !report.exact, report.exact ? 1.0 : 0.0, "not " + report.expected, std::move(report.actual)};
}

}  // namespace shep::mocks
