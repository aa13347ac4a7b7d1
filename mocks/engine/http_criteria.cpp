#include "mocks/engine/http_criteria.hpp"

#include "mocks/engine/evaluation.hpp"
#include "mocks/engine/near_text.hpp"

#include <algorithm>

namespace shep::mocks {
namespace {

constexpr std::string_view nothing = "(absent)";
constexpr std::string_view hidden = "(not shown)";

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool same_name(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lower(x) == lower(y); });
}

bool is_credential(std::string_view name) {
  return same_name(name, "Authorization") || same_name(name, "Proxy-Authorization") || same_name(name, "Cookie");
}

}  // namespace

std::optional<std::string_view> target_criterion::value(evaluation& e) const {
  if (e.view.target.empty()) return std::nullopt;
  return path_only_ ? e.view.target.substr(0, e.view.target.find('?')) : e.view.target;
}

bool target_criterion::holds(evaluation& e) const { return matcher_->holds(value(e), e.at()); }

criterion_report target_criterion::explain(evaluation& e) const {
  const auto target = value(e);
  const auto outcome = matcher_->compare(target, e.at());
  return {name_, outcome.exact, outcome.distance, matcher_->describe(), target ? shortened(*target) : std::string(nothing)};
}

std::vector<std::string> header_criterion::values(evaluation& e) const {
  std::vector<std::string> found;
  for (const auto& field : e.view.headers)
    if (same_name(field.name, header_)) found.emplace_back(field.value);
  return found;
}

bool header_criterion::holds(evaluation& e) const { return matcher_->holds_for(values(e), e.at()); }

criterion_report header_criterion::explain(evaluation& e) const {
  const auto found = values(e);
  // Reports go to logs, the journal and the sender: nobody's secret stands in them (A20).
  if (is_credential(header_)) {
    const bool holds = matcher_->holds_for(found, e.at());
    return {"headers." + header_, holds, holds ? 0.0 : 1.0, std::string(hidden), std::string(found.empty() ? nothing : hidden)};
  }
  criterion_report report{"headers." + header_, matcher_->holds_for(found, e.at()), 1, matcher_->describe(),
                          found.empty() ? std::string(nothing) : shortened(found.front())};
  for (const auto& one : found) report.distance = std::min(report.distance, std::max(1e-3, matcher_->compare(one, e.at()).distance));
  if (report.exact) report.distance = 0;
  return report;
}

}  // namespace shep::mocks
