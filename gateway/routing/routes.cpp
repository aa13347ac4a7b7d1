#include "routing/routes.hpp"

#include "core/bytes.hpp"
#include "protocol/problems.hpp"

#include <algorithm>

namespace shep::routing {
namespace {

int specificity(const route& r) { return (r.route_id.empty() ? 0 : 2) + (r.sender_id.empty() ? 0 : 1); }

/// Number of single-letter edits from one name to the other; names here are short and configured, so the quadratic cost is bounded.
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t substitution = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, substitution});
    }
  }
  return row.back();
}

std::string closest_name(const string_map<std::vector<route>>& services, std::string_view wanted) {
  std::string best;
  std::size_t least = wanted.size() / 2 + 1;
  for (const auto& [name, rows] : services)
    if (const std::size_t d = edit_distance(name, wanted); d < least || (d == least && !best.empty() && name < best)) {
      least = d;
      best = name;
    }
  return best;
}

}  // namespace

std::string route::name() const {
  std::string text = service_id;
  if (!route_id.empty()) text += "/" + route_id;
  if (!sender_id.empty()) text += "@" + sender_id;
  return text;
}

result<route_table> route_table::create(std::vector<route> routes) {
  route_table table;
  for (route& r : routes) {
    auto& rows = table.by_service_[r.service_id];
    const std::string name = r.name();
    if (std::any_of(rows.begin(), rows.end(), [&](const route& other) { return other.name() == name; }))
      return problem(problems::usage, "the route '" + name + "' is configured twice");
    rows.push_back(std::move(r));
  }
  for (auto& [service, rows] : table.by_service_)
    std::stable_sort(rows.begin(), rows.end(), [](const route& a, const route& b) { return specificity(a) > specificity(b); });
  return table;
}

result<const route*> route_table::choose(std::string_view service_id, std::string_view route_id, std::string_view sender_id) const {
  const auto found = by_service_.find(service_id);
  if (found != by_service_.end())
    for (const route& r : found->second)
      if ((r.route_id.empty() || r.route_id == route_id) && (r.sender_id.empty() || r.sender_id == sender_id)) return &r;
  const std::string shown = clipped(service_id);
  if (found != by_service_.end())
    return problem(problems::unknown_service,
                   "service '" + shown + "' has no route for routeId '" + clipped(route_id) + "' and sender '" + clipped(sender_id) + "'",
                   "requestInfo/routeId");
  const std::string closest = service_id.size() > 64 ? std::string() : closest_name(by_service_, service_id);
  return problem(problems::unknown_service, "service '" + shown + "' does not exist", "requestInfo/serviceId",
                 closest.empty() ? "add a [[route]] to shepsim.toml" : "did you mean '" + closest + "'?");
}

route_table route_table::with_adapter(std::string_view service_id, std::string_view adapter) const {
  route_table out = *this;
  const auto found = out.by_service_.find(service_id);
  if (found == out.by_service_.end()) return out;
  for (route& r : found->second) r.adapter = adapter;
  return out;
}

std::vector<const route*> route_table::all() const {
  std::vector<const route*> out;
  for (const auto& [service, rows] : by_service_)
    for (const route& r : rows) out.push_back(&r);
  std::stable_sort(out.begin(), out.end(), [](const route* a, const route* b) { return a->service_id < b->service_id; });
  return out;
}

}  // namespace shep::routing
