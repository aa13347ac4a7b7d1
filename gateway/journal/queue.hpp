#pragma once

#include "journal/journal.hpp"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <unordered_map>

namespace shep::journal {

/// What waits for the journal's writer: bounded, in the order of the calls, and aware of the arrivals that were lost, so that no
/// completion is recorded without its arrival. One writer takes; any thread pushes.
class queue {
 public:
  struct item {
    record what;
    journal::completion_handler done;
    std::size_t size = 0;
    std::optional<problem> refused;  ///< set: not to be written, `done` hears this
  };

  explicit queue(const settings& s) : settings_(s) {}

  /// Empty when the record was queued; else the item back, with the reason. Blocks only with `overflow::wait`.
  std::optional<item> push(record, journal::completion_handler done);

  /// Writer: waits until it is worth writing, then fills `batch` up to the bounds of one transaction. False: closed and empty.
  bool take(std::vector<item>& batch);

  /// Writer: the outcome of one call of `store::append` for these records.
  void wrote(std::span<const record>, const result<void>& outcome, std::size_t batch);

  /// Writer: so many taken items are dealt with.
  void settled(std::size_t items);

  std::uint64_t drain(std::chrono::steady_clock::time_point deadline);
  void close();
  counters count() const;

 private:
  bool has_room(std::size_t size) const;
  bool worth_writing() const;
  void lose(const std::string& id, const problem&);
  std::optional<problem> take_loss(const record&);

  const settings settings_;
  mutable std::mutex mutex_;
  std::condition_variable work_, room_, progress_;
  std::deque<item> items_;
  std::size_t bytes_ = 0;
  std::size_t waiting_answers_ = 0;  ///< queued items whose `done` holds an answer back
  std::uint64_t pushed_ = 0, settled_ = 0;
  std::uint64_t urgent_ = 0;  ///< items up to this number are to be written without lingering
  bool writer_idle_ = false, closed_ = false, gave_up_ = false;
  std::unordered_map<std::string, problem> lost_;  ///< arrivals that were not recorded, until their completion comes
  counters counters_;
};

}  // namespace shep::journal
