#include "journal/journal.hpp"

#include "core/log.hpp"
#include "journal/problems.hpp"
#include "journal/queue.hpp"

#include <thread>

namespace shep::journal {
namespace {

void tell(const journal::completion_handler& done, const result<void>& outcome) {
  if (!done) return;
  try {
    done(outcome);
  } catch (const std::exception& e) {
    log::write(log::level::error, "a journal completion handler threw", {{"what", e.what()}});
  }
}

result<void> append(store& to, std::span<const record> records) {
  try {
    return to.append(records);
  } catch (const std::exception& e) {
    return problem(problems::journal_unavailable, std::string("recording ended with an exception: ") + e.what());
  }
}

/// The records were wrong, not the store.
bool is_refusal(const problem& p) { return p.code == problems::journal_duplicate || p.code == problems::journal_not_found; }

}  // namespace

struct journal::state {
  state(store& to, const settings& s) : store_(to), settings_(s), queue_(s), writer_([this] { run(); }) {}

  ~state() {
    queue_.close();
    writer_.join();
  }

  void run() {
    std::vector<queue::item> batch;
    while (queue_.take(batch)) {
      write(batch);
      queue_.settled(batch.size());
      batch.clear();
    }
  }

  void write(std::vector<queue::item>& batch) {
    std::vector<record> records;
    std::vector<completion_handler> handlers;
    records.reserve(batch.size());
    handlers.reserve(batch.size());
    for (queue::item& i : batch) {
      if (i.refused) {
        tell(i.done, *i.refused);
        continue;
      }
      records.push_back(std::move(i.what));
      handlers.push_back(std::move(i.done));
    }
    if (records.empty()) return;
    const result<void> outcome = append(store_, records);
    if (outcome) return finish(records, handlers, outcome, records.size());
    // One record that can never be taken must not cost the others of its group.
    if (records.size() > 1 && is_refusal(outcome.error())) {
      for (std::size_t i = 0; i < records.size(); ++i) {
        const std::span<record> one(&records[i], 1);
        finish(one, std::span(&handlers[i], 1), append(store_, one), 1);
      }
      return;
    }
    finish(records, handlers, outcome, records.size());
  }

  void finish(std::span<record> records, std::span<completion_handler> handlers, const result<void>& outcome, std::size_t batch) {
    queue_.wrote(records, outcome, batch);
    report(outcome);
    for (const completion_handler& done : handlers) tell(done, outcome);
  }

  void report(const result<void>& outcome) {
    if (outcome) {
      if (reported_) log::write(log::level::info, "the journal records again");
      reported_ = false;
      return;
    }
    const problem why = outcome.error();
    if (is_refusal(why)) {
      log::write(log::level::warning, "the journal refused a record", {{"problem", describe(why)}});
      return;
    }
    if (!reported_) log::write(log::level::error, "the journal does not record", {{"problem", describe(why)}});
    reported_ = true;
  }

  store& store_;
  const settings settings_;
  queue queue_;
  bool reported_ = false;  // writer thread only: one line in the log for a failure, however long it lasts
  std::thread writer_;
};

journal::journal(std::shared_ptr<store> to, settings s) : store_(std::move(to)), state_(std::make_unique<state>(*store_, s)) {}

journal::~journal() = default;

void journal::arrived(arrival a) { state_->queue_.push(std::move(a), {}); }

void journal::completed(completion c, completion_handler done) {
  if (state_->settings_.mode == durability::durable) {
    if (auto refused = state_->queue_.push(std::move(c), std::move(done))) tell(refused->done, *refused->refused);
    return;
  }
  state_->queue_.push(std::move(c), {});
  tell(done, {});
}

std::uint64_t journal::drain(std::chrono::steady_clock::time_point deadline) { return state_->queue_.drain(deadline); }

counters journal::count() const {
  counters c = state_->queue_.count();
  if (const auto entries = store_->count()) c.entries = *entries;
  return c;
}

}  // namespace shep::journal
