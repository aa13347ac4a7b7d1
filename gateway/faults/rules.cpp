#include "faults/rules.hpp"

#include <charconv>

namespace shep::faults {
namespace {

/// 0 to just below 1.
double drawn(ids& fresh) {
  const std::string digits = fresh.hex();
  std::uint32_t bits = 0;
  std::from_chars(digits.data(), digits.data() + 8, bits, 16);
  return static_cast<double>(bits) / 4294967296.0;
}

}  // namespace

bool rules::set(rule r) {
  const std::lock_guard lock(guard_);
  if (by_service_.size() >= most && !by_service_.contains(r.service_id)) return false;
  std::string id = r.service_id;
  by_service_.insert_or_assign(std::move(id), std::move(r));
  any_ = true;
  return true;
}

std::optional<rule> rules::find(std::string_view service_id) const {
  const std::lock_guard lock(guard_);
  const auto found = by_service_.find(service_id);
  if (found == by_service_.end()) return std::nullopt;
  return found->second;
}

std::vector<rule> rules::all() const {
  const std::lock_guard lock(guard_);
  std::vector<rule> out;
  for (const auto& [id, r] : by_service_) out.push_back(r);
  return out;
}

bool rules::remove(std::string_view service_id) {
  const std::lock_guard lock(guard_);
  const auto found = by_service_.find(service_id);
  if (found == by_service_.end()) return false;
  by_service_.erase(found);
  any_ = !by_service_.empty();
  return true;
}

void rules::clear() {
  const std::lock_guard lock(guard_);
  by_service_.clear();
  any_ = false;
}

std::optional<injection> rules::take(std::string_view service_id, ids& fresh) {
  if (!any_.load(std::memory_order_relaxed)) return std::nullopt;
  const std::lock_guard lock(guard_);
  auto found = by_service_.find(service_id);
  if (found == by_service_.end()) found = by_service_.find(std::string_view("*"));
  if (found == by_service_.end()) return std::nullopt;
  rule& r = found->second;
  if (r.left == 0U) return std::nullopt;
  if (r.probability < 1 && drawn(fresh) >= r.probability) return std::nullopt;
  if (r.left) --*r.left;
  ++r.injected;
  return r.what;
}

}  // namespace shep::faults
