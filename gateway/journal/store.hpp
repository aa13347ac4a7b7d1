#pragma once

#include "core/result.hpp"
#include "journal/record.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace shep::journal {

/// Which entries are asked for: all conditions that are set hold. Every condition but the two times needs a completed exchange.
struct filter {
  std::optional<std::string> service_id;
  std::optional<std::string> sender_id;
  std::optional<std::string> message_id;
  std::optional<std::string> outcome;
  std::optional<bool> unmatched;
  std::optional<time_point> since;  ///< received_at >= since
  std::optional<time_point> until;  ///< received_at < until

  bool empty() const { return !names_completion() && !since && !until; }
  bool names_completion() const { return service_id || sender_id || message_id || outcome || unmatched; }
};

bool matches(const filter&, const entry&);

struct page {
  std::vector<entry> entries;         ///< newest first, without bodies and trace
  std::optional<std::uint64_t> next;  ///< give it as `before` for the following page; empty when there is nothing further
  std::uint64_t damaged = 0;          ///< records that were passed over because their check value differs (catalogue F06)
};

/// Where exchanges are kept. The contract is the test suite tests/unit/journal/store_contract_test.cpp; SQLite implements it here.
/// Every function may be called from any thread; reading never waits for writing. Functions block on the disk.
/// Errors: `problems::journal_unavailable` (I/O, disk full), `problems::journal_format` (damage found), and those named below.
class store {
 public:
  virtual ~store() = default;

  /// Records all or nothing; when the store was opened durable, on return they survive a power cut. Nothing is recorded twice.
  /// `problems::journal_duplicate`: an id has its arrival (or its completion) already. `problems::journal_not_found`: a completion
  /// whose arrival is neither stored nor earlier in `records`. After `journal_unavailable` the records may or may not be there;
  /// the store accepts nothing until it has reopened and verified what it acknowledged before.
  virtual result<void> append(std::span<const record> records) = 0;

  /// Entries with a sequence below `before` (all when empty), newest first, at most `limit`. Work is bounded: with a rare filter
  /// a page can be short, or empty, and still have a `next`.
  virtual result<page> list(const filter&, std::size_t limit, std::optional<std::uint64_t> before = {}) const = 0;

  /// One exchange whole, with bodies and trace. `problems::journal_not_found`.
  virtual result<entry> get(const std::string& id) const = 0;

  /// Number of entries. Immediate for the empty filter; with conditions the time grows with the entries looked at.
  virtual result<std::uint64_t> count(const filter& = {}) const = 0;

  /// Forgets everything. Sequences go on from where they were. What was removed is not left behind in files.
  virtual result<void> remove_all() = 0;

  /// All matching entries as `list` shows them, newest first, at most `most`.
  result<std::vector<entry>> find(const filter&, std::size_t most = 10'000) const;
};

}  // namespace shep::journal
