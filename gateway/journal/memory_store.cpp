#include "journal/memory_store.hpp"

#include "journal/problems.hpp"

#include <algorithm>
#include <mutex>
#include <unordered_set>

namespace shep::journal {
namespace {

entry without_bodies(const entry& e) {
  entry slim = e;
  slim.arrived.raw = nullptr;
  if (slim.completed) {
    slim.completed->response = nullptr;
    slim.completed->trace.clear();
  }
  return slim;
}

}  // namespace

/// Empty code when the records can all be taken.
problem memory_store::refusal(std::span<const record> records) const {
  std::unordered_set<std::string> arriving, completing;
  for (const record& r : records) {
    const std::string& id = id_of(r);
    const auto known = by_id_.find(id);
    if (std::holds_alternative<arrival>(r)) {
      if (known != by_id_.end() || !arriving.insert(id).second)
        return {problems::journal_duplicate, "the arrival of exchange " + id + " is recorded already"};
      continue;
    }
    if (known == by_id_.end() && !arriving.contains(id))
      return {problems::journal_not_found, "exchange " + id + " completes but its arrival is not recorded"};
    if ((known != by_id_.end() && entries_[known->second].completed) || !completing.insert(id).second)
      return {problems::journal_duplicate, "the completion of exchange " + id + " is recorded already"};
  }
  return {};
}

result<void> memory_store::append(std::span<const record> records) {
  const std::unique_lock lock(mutex_);
  if (problem refused = refusal(records); !refused.code.name.empty()) return refused;
  for (const record& r : records) {
    if (const auto* a = std::get_if<arrival>(&r)) {
      by_id_.emplace(a->id, entries_.size());
      entries_.push_back({first_ + entries_.size(), *a, {}, a->raw ? a->raw->size() : 0, 0});
      continue;
    }
    const auto& c = std::get<completion>(r);
    entry& e = entries_[by_id_.at(c.id)];
    e.completed = c;
    e.response_size = c.response ? c.response->size() : 0;
  }
  return {};
}

result<page> memory_store::list(const filter& f, std::size_t limit, std::optional<std::uint64_t> before) const {
  const std::shared_lock lock(mutex_);
  limit = std::clamp<std::size_t>(limit, 1, 1000);
  std::size_t left = entries_.size();
  if (before) left = *before <= first_ ? 0 : std::min<std::size_t>(left, *before - first_);
  page p;
  for (; left > 0; --left) {
    const entry& e = entries_[left - 1];
    if (!matches(f, e)) continue;
    if (p.entries.size() == limit) {
      p.next = p.entries.back().sequence;
      break;
    }
    p.entries.push_back(without_bodies(e));
  }
  return p;
}

result<entry> memory_store::get(const std::string& id) const {
  const std::shared_lock lock(mutex_);
  const auto known = by_id_.find(id);
  if (known == by_id_.end()) return problem(problems::journal_not_found, "the journal has no exchange " + id);
  return entries_[known->second];
}

result<std::uint64_t> memory_store::count(const filter& f) const {
  const std::shared_lock lock(mutex_);
  if (f.empty()) return entries_.size();
  return static_cast<std::uint64_t>(std::count_if(entries_.begin(), entries_.end(), [&](const entry& e) { return matches(f, e); }));
}

result<void> memory_store::remove_all() {
  const std::unique_lock lock(mutex_);
  first_ += entries_.size();
  entries_.clear();
  by_id_.clear();
  return {};
}

}  // namespace shep::journal
