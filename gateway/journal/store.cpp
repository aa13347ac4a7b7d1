#include "journal/store.hpp"

#include <algorithm>

namespace shep::journal {
namespace {

bool agrees(const std::optional<std::string>& wanted, const std::string& value) { return !wanted || *wanted == value; }

}  // namespace

bool matches(const filter& f, const entry& e) {
  if (f.since && e.arrived.received_at < *f.since) return false;
  if (f.until && e.arrived.received_at >= *f.until) return false;
  if (!f.names_completion()) return true;
  if (!e.completed) return false;
  const completion& c = *e.completed;
  return agrees(f.service_id, c.service_id) && agrees(f.sender_id, c.sender_id) && agrees(f.message_id, c.message_id) &&
         agrees(f.outcome, c.outcome) && (!f.unmatched || *f.unmatched == c.unmatched);
}

result<std::vector<entry>> store::find(const filter& f, std::size_t most) const {
  std::vector<entry> found;
  std::optional<std::uint64_t> before;
  do {
    auto part = list(f, std::min<std::size_t>(most - found.size(), 1000), before);
    if (!part) return part.error();
    std::move(part->entries.begin(), part->entries.end(), std::back_inserter(found));
    before = part->next;
  } while (before && found.size() < most);
  return found;
}

}  // namespace shep::journal
