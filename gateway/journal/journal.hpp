#pragma once

#include "journal/record.hpp"
#include "journal/store.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>

namespace shep::journal {

/// When an answer may leave: `durable` – after its exchange is on the disk; `relaxed` – at once, recording follows.
enum class durability { durable, relaxed };

/// What happens to a record that finds the queue full: the caller waits for room, or the record is dropped (and counted).
enum class overflow { wait, drop };

struct settings {
  durability mode = durability::durable;
  overflow when_full = overflow::wait;
  std::size_t most_records = 8192;             ///< queue bound; a record larger than `most_bytes` still enters an empty queue
  std::size_t most_bytes = 64 * 1024 * 1024;   ///< queue bound
  std::size_t batch_records = 1024;            ///< bound of one transaction
  std::size_t batch_bytes = 16 * 1024 * 1024;  ///< bound of one transaction
  std::chrono::milliseconds linger{10};        ///< relaxed only: how long the writer lets records gather
};

/// For metrics. All but `entries`, the queue and `last_batch` only grow.
struct counters {
  std::uint64_t entries = 0;      ///< exchanges in the store
  std::uint64_t recorded = 0;     ///< records (arrivals and completions) written by this journal
  std::uint64_t dropped = 0;      ///< records not written: queue full, arrival not written, or store failing
  std::uint64_t waited = 0;       ///< calls that had to wait for room
  std::uint64_t batches = 0;      ///< transactions
  std::uint64_t last_batch = 0;   ///< records in the latest one
  std::uint64_t queue_depth = 0;  ///< records waiting now
  std::uint64_t queue_bytes = 0;
};

/// The one writer in front of a store: a bounded queue and a thread that records what is queued in groups, in the order of the calls.
/// Every function is safe from any thread. `arrived` and `completed` hold a lock only to push onto the queue: with
/// `overflow::drop` they never wait for the disk, with `overflow::wait` they block the calling thread while the queue is full.
/// The caller calls `completed` once for each `arrived`, after it.
class journal {
 public:
  using completion_handler = std::function<void(result<void>)>;

  journal(std::shared_ptr<store>, settings = {});
  /// Records what is queued, unless a `drain` ran out of time: then the rest is given up (`journal_unavailable`).
  ~journal();
  journal(const journal&) = delete;
  journal& operator=(const journal&) = delete;

  void arrived(arrival);

  /// `done` is called exactly once and must not throw or block; on the writer thread or, before this returns, on the calling one.
  /// durable: success once the arrival and the completion are durable; `problems::journal_overflow` when either was dropped,
  /// `problems::journal_unavailable` when the store failed: the exchange is not safely recorded and must not be acknowledged.
  /// relaxed: success at once, whatever becomes of the record; losses are counted.
  void completed(completion, completion_handler done = {});

  /// Waits until everything passed in before this call is recorded or failed, and cuts lingering short: also what a reader calls
  /// who must see the latest exchanges. Returns the number of records still waiting at the deadline; 0 means done.
  std::uint64_t drain(std::chrono::steady_clock::time_point deadline);

  counters count() const;

  /// For reading and `remove_all`; appending is the journal's.
  store& entries() { return *store_; }
  const store& entries() const { return *store_; }

 private:
  struct state;
  std::shared_ptr<store> store_;
  std::unique_ptr<state> state_;
};

}  // namespace shep::journal
