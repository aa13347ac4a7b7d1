#include "journal/queue.hpp"

#include "journal/problems.hpp"

#include <algorithm>

namespace shep::journal {
namespace {

/// A caller that never completes what it lost must not grow the map for ever; past this the store itself refuses the completion.
constexpr std::size_t most_lost = 65'536;

problem overflow_problem() {
  return {problems::journal_overflow,
          "the journal's queue is full",
          {},
          "raise journal.queue_records or journal.queue_bytes, use a faster disk, or set the overflow policy to wait"};
}

}  // namespace

bool queue::has_room(std::size_t size) const {
  return items_.empty() || (items_.size() < settings_.most_records && bytes_ + size <= settings_.most_bytes);
}

/// An arrival alone can wait a moment for its completion: together they cost one sync instead of two.
bool queue::worth_writing() const {
  return closed_ || waiting_answers_ > 0 || urgent_ > settled_ || items_.size() >= settings_.batch_records ||
         bytes_ >= settings_.batch_bytes || !has_room(0);
}

void queue::lose(const std::string& id, const problem& why) {
  if (lost_.size() >= most_lost) lost_.erase(lost_.begin());
  lost_.emplace(id, why);
}

std::optional<problem> queue::take_loss(const record& r) {
  if (lost_.empty() || !std::holds_alternative<completion>(r)) return {};
  const auto found = lost_.find(id_of(r));
  if (found == lost_.end()) return {};
  problem why = std::move(found->second);
  lost_.erase(found);
  return why;
}

std::optional<queue::item> queue::push(record r, journal::completion_handler done) {
  item i{std::move(r), std::move(done), 0, {}};
  i.size = size_of(i.what);
  std::unique_lock lock(mutex_);
  if (!has_room(i.size) && settings_.when_full == overflow::wait && !closed_) {
    ++counters_.waited;
    room_.wait(lock, [&] { return closed_ || has_room(i.size); });
  }
  if (closed_) i.refused = problem(problems::journal_unavailable, "the journal is closed");
  else if (auto loss = take_loss(i.what)) i.refused = std::move(loss);
  else if (!has_room(i.size)) i.refused = overflow_problem();
  if (i.refused) {
    ++counters_.dropped;
    if (std::holds_alternative<arrival>(i.what)) lose(id_of(i.what), *i.refused);
    return i;
  }
  ++pushed_;
  bytes_ += i.size;
  if (i.done) ++waiting_answers_;
  items_.push_back(std::move(i));
  // The writer is woken for the first record and when the group is worth writing, not for each record in between.
  if (writer_idle_ && (items_.size() == 1 || worth_writing())) {
    writer_idle_ = false;
    lock.unlock();
    work_.notify_one();
  }
  return {};
}

bool queue::take(std::vector<item>& batch) {
  std::unique_lock lock(mutex_);
  while (items_.empty() && !closed_) {
    writer_idle_ = true;
    work_.wait(lock, [&] { return closed_ || !items_.empty(); });
  }
  const auto until = std::chrono::steady_clock::now() + settings_.linger;
  while (!worth_writing()) {
    writer_idle_ = true;
    if (work_.wait_until(lock, until) == std::cv_status::timeout) break;
  }
  writer_idle_ = false;
  std::size_t bytes = 0;
  while (!items_.empty() && batch.size() < settings_.batch_records) {
    item& first = items_.front();
    if (!batch.empty() && bytes + first.size > settings_.batch_bytes) break;
    bytes += first.size;
    bytes_ -= first.size;
    if (first.done) --waiting_answers_;
    if (closed_ && gave_up_)
      first.refused = problem(problems::journal_unavailable, "the journal was closed before this record was written");
    else first.refused = take_loss(first.what);
    if (first.refused) ++counters_.dropped;
    batch.push_back(std::move(first));
    items_.pop_front();
  }
  lock.unlock();
  room_.notify_all();
  return !batch.empty();
}

void queue::wrote(std::span<const record> records, const result<void>& outcome, std::size_t batch) {
  const std::lock_guard lock(mutex_);
  if (outcome) {
    ++counters_.batches;
    counters_.last_batch = batch;
    counters_.recorded += records.size();
    return;
  }
  counters_.dropped += records.size();
  for (const record& r : records)
    if (std::holds_alternative<arrival>(r)) lose(id_of(r), outcome.error());
}

void queue::settled(std::size_t items) {
  {
    const std::lock_guard lock(mutex_);
    settled_ += items;
  }
  progress_.notify_all();
}

std::uint64_t queue::drain(std::chrono::steady_clock::time_point deadline) {
  std::unique_lock lock(mutex_);
  const std::uint64_t target = pushed_;
  urgent_ = std::max(urgent_, target);
  work_.notify_one();
  gave_up_ = !progress_.wait_until(lock, deadline, [&] { return settled_ >= target; });
  return gave_up_ ? target - settled_ : 0;
}

void queue::close() {
  {
    const std::lock_guard lock(mutex_);
    closed_ = true;
  }
  work_.notify_one();
  room_.notify_all();
}

counters queue::count() const {
  const std::lock_guard lock(mutex_);
  counters c = counters_;
  c.queue_depth = items_.size();
  c.queue_bytes = bytes_;
  return c;
}

}  // namespace shep::journal
