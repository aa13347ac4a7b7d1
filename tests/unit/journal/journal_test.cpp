#include "journal/journal.hpp"

#include "journal/memory_store.hpp"
#include "journal/problems.hpp"
#include "journal/queue.hpp"
#include "unit/journal/support.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <condition_variable>
#include <future>
#include <mutex>
#include <thread>

namespace shep::journal::test {
namespace {

using std::chrono::steady_clock;
constexpr std::chrono::minutes long_enough{1};

steady_clock::time_point later() { return steady_clock::now() + long_enough; }

/// Keeps what memory_store keeps, counts transactions, and can be held, failed, or made to throw.
class watched_store final : public store {
 public:
  result<void> append(std::span<const record> records) override {
    std::unique_lock lock(mutex_);
    ++entered_;
    changed_.notify_all();
    changed_.wait(lock, [&] { return !held_; });
    sizes_.push_back(records.size());
    for (const record& r : records) order_.push_back((std::holds_alternative<arrival>(r) ? "a " : "c ") + id_of(r));
    if (throwing_) throw std::runtime_error("out of order");
    if (failing_) return problem(problems::journal_unavailable, "the disk is gone");
    return kept_.append(records);
  }
  result<page> list(const filter& f, std::size_t limit, std::optional<std::uint64_t> before) const override {
    return kept_.list(f, limit, before);
  }
  result<entry> get(const std::string& id) const override { return kept_.get(id); }
  result<std::uint64_t> count(const filter& f) const override { return kept_.count(f); }
  result<void> remove_all() override { return kept_.remove_all(); }

  void hold() { set([&] { held_ = true; }); }
  void let_go() { set([&] { held_ = false; }); }
  void fail(bool on) { set([&] { failing_ = on; }); }
  void throw_up(bool on) { set([&] { throwing_ = on; }); }
  void await_entry(int times) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return entered_ >= times; });
  }
  std::vector<std::size_t> sizes() const {
    const std::lock_guard lock(mutex_);
    return sizes_;
  }
  std::vector<std::string> order() const {
    const std::lock_guard lock(mutex_);
    return order_;
  }

 private:
  template <class F>
  void set(F change) {
    {
      const std::lock_guard lock(mutex_);
      change();
    }
    changed_.notify_all();
  }

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  int entered_ = 0;
  bool held_ = false, failing_ = false, throwing_ = false;
  std::vector<std::size_t> sizes_;
  std::vector<std::string> order_;
  memory_store kept_;
};

settings durable(overflow when_full = overflow::wait) {
  settings s;
  s.mode = durability::durable;
  s.when_full = when_full;
  return s;
}

settings relaxed(overflow when_full = overflow::wait) {
  settings s = durable(when_full);
  s.mode = durability::relaxed;
  return s;
}

/// What `done` was told, to be waited for.
class answer {
 public:
  journal::completion_handler handler() {
    return [this](result<void> r) { told_.set_value(std::move(r)); };
  }
  bool told() const { return future_.wait_for(std::chrono::seconds(0)) == std::future_status::ready; }
  result<void> get() { return future_.get(); }

 private:
  std::promise<result<void>> told_;
  std::future<result<void>> future_ = told_.get_future();
};

class Journal : public testing::Test {
 protected:
  /// The writer is inside `append` with exchange 0 and stays there until `let_go`.
  void occupy(journal& j) {
    store_->hold();
    j.arrived(arrival_of(0));
    j.completed(completion_of(0), first_.handler());
    store_->await_entry(1);
  }

  const std::shared_ptr<watched_store> store_ = std::make_shared<watched_store>();
  answer first_;
};

TEST_F(Journal, TellsADurableCompletionWhenItIsInTheStore) {
  journal j(store_, durable());
  j.arrived(arrival_of(1));
  answer a;
  j.completed(completion_of(1), a.handler());
  EXPECT_TRUE(a.get());
  EXPECT_TRUE(store_->get(id(1)).value().completed);
}

TEST_F(Journal, TellsNothingBeforeTheStoreHasIt) {
  journal j(store_, durable());
  occupy(j);
  EXPECT_FALSE(first_.told());
  store_->let_go();
  EXPECT_TRUE(first_.get());
}

TEST_F(Journal, TellsARelaxedCompletionAtOnce) {
  journal j(store_, relaxed());
  store_->hold();
  j.arrived(arrival_of(1));
  answer a;
  j.completed(completion_of(1), a.handler());
  EXPECT_TRUE(a.told());
  store_->let_go();
  EXPECT_EQ(j.drain(later()), 0u);
  EXPECT_TRUE(store_->get(id(1)).value().completed);
}

TEST_F(Journal, RecordsWhatGatheredInOneTransaction) {
  journal j(store_, durable());
  occupy(j);
  std::vector<answer> answers(100);
  for (int i = 1; i <= 100; ++i) j.arrived(arrival_of(i));
  for (int i = 1; i <= 100; ++i) j.completed(completion_of(i), answers[static_cast<std::size_t>(i - 1)].handler());
  store_->let_go();
  for (answer& a : answers) EXPECT_TRUE(a.get());
  EXPECT_EQ(j.drain(later()), 0u);
  EXPECT_EQ(store_->sizes(), (std::vector<std::size_t>{2, 200}));
  const counters c = j.count();
  EXPECT_EQ(c.batches, 2u);
  EXPECT_EQ(c.last_batch, 200u);
  EXPECT_EQ(c.recorded, 202u);
  EXPECT_EQ(c.entries, 101u);
  EXPECT_EQ(c.dropped, 0u);
}

TEST_F(Journal, BoundsATransactionByRecordsAndByOctets) {
  settings s = durable();
  s.batch_records = 10;
  {
    journal j(store_, s);
    occupy(j);
    for (int i = 1; i <= 25; ++i) j.arrived(arrival_of(i));
    store_->let_go();
    EXPECT_EQ(j.drain(later()), 0u);
    EXPECT_EQ(store_->sizes(), (std::vector<std::size_t>{2, 10, 10, 5}));
  }
  s.batch_records = 1000;
  s.batch_bytes = 3 * 1024 * 1024;
  const auto other = std::make_shared<watched_store>();
  journal j(other, s);
  other->hold();
  j.arrived(arrival_of(0));
  j.completed(completion_of(0));
  std::thread drainer([&] { j.drain(later()); });
  other->await_entry(1);
  for (int i = 1; i <= 6; ++i) {
    arrival a = arrival_of(i);
    a.raw = share(std::string(1024 * 1024, 'x'));
    j.arrived(std::move(a));
  }
  other->let_go();
  drainer.join();
  EXPECT_EQ(j.drain(later()), 0u);
  EXPECT_EQ(other->sizes(), (std::vector<std::size_t>{2, 2, 2, 2}));
}

TEST_F(Journal, RecordsAnArrivalAlwaysBeforeItsCompletion) {
  {
    journal j(store_, durable());
    std::vector<std::thread> clients;
    for (int t = 0; t < 4; ++t)
      clients.emplace_back([&, t] {
        for (int i = 0; i < 100; ++i) {
          j.arrived(arrival_of(t * 1000 + i));
          answer a;
          j.completed(completion_of(t * 1000 + i), a.handler());
          EXPECT_TRUE(a.get());
        }
      });
    for (std::thread& c : clients) c.join();
  }
  const std::vector<std::string> order = store_->order();
  ASSERT_EQ(order.size(), 800u);
  for (int n : {0, 99, 1050, 3099}) {
    const auto arrived = std::find(order.begin(), order.end(), "a " + id(n));
    const auto completed = std::find(order.begin(), order.end(), "c " + id(n));
    EXPECT_TRUE(arrived < completed && completed != order.end());
  }
}

TEST_F(Journal, DropsWhatFindsTheQueueFullAndReportsItWhenDurable) {
  settings s = durable(overflow::drop);
  s.most_records = 3;
  journal j(store_, s);
  occupy(j);
  for (int i = 1; i <= 4; ++i) j.arrived(arrival_of(i));
  answer lost, late;
  j.completed(completion_of(4), lost.handler());
  EXPECT_EQ(lost.get().error().code, problems::journal_overflow);
  j.completed(completion_of(3), late.handler());
  EXPECT_EQ(late.get().error().code, problems::journal_overflow);
  EXPECT_EQ(j.count().dropped, 3u);
  EXPECT_EQ(j.count().queue_depth, 3u);
  EXPECT_GT(j.count().queue_bytes, 0u);
  store_->let_go();
  EXPECT_EQ(j.drain(later()), 0u);
  EXPECT_TRUE(first_.get());
  EXPECT_FALSE(store_->get(id(3)).value().completed);
  EXPECT_EQ(store_->get(id(4)).error().code, problems::journal_not_found);
}

TEST_F(Journal, ReportsALostArrivalEvenWhenThereIsRoomAgain) {
  settings s = durable(overflow::drop);
  s.most_records = 1;
  journal j(store_, s);
  occupy(j);
  j.arrived(arrival_of(1));
  j.arrived(arrival_of(2));
  store_->let_go();
  EXPECT_EQ(j.drain(later()), 0u);
  answer lost, kept;
  j.completed(completion_of(2), lost.handler());
  EXPECT_EQ(lost.get().error().code, problems::journal_overflow);
  j.completed(completion_of(1), kept.handler());
  EXPECT_TRUE(kept.get());
}

TEST_F(Journal, DropsSilentlyButCountsWhenRelaxed) {
  settings s = relaxed(overflow::drop);
  s.most_records = 2;
  journal j(store_, s);
  store_->hold();
  j.arrived(arrival_of(0));
  j.arrived(arrival_of(1));
  store_->await_entry(1);
  for (int i = 2; i <= 9; ++i) {
    j.arrived(arrival_of(i));
    answer a;
    j.completed(completion_of(i), a.handler());
    EXPECT_TRUE(a.get());
  }
  store_->let_go();
  EXPECT_EQ(j.drain(later()), 0u);
  const counters c = j.count();
  EXPECT_GT(c.dropped, 0u);
  EXPECT_EQ(c.recorded + c.dropped, 18u);
  for (const entry& e : everything(*store_))
    if (e.completed) {
      EXPECT_EQ(e.completed->id, e.arrived.id);
    }
}

TEST_F(Journal, BoundsTheQueueByOctets) {
  settings s = durable(overflow::drop);
  s.most_bytes = 100'000;
  journal j(store_, s);
  occupy(j);
  for (int i = 1; i <= 10; ++i) {
    arrival a = arrival_of(i);
    a.raw = share(std::string(30'000, 'x'));
    j.arrived(std::move(a));
  }
  EXPECT_EQ(j.count().queue_depth, 3u);
  EXPECT_LE(j.count().queue_bytes, s.most_bytes);
  EXPECT_EQ(j.count().dropped, 7u);
  store_->let_go();
}

TEST_F(Journal, TakesARecordLargerThanItsBoundIntoAnEmptyQueue) {
  settings s = durable(overflow::drop);
  s.most_bytes = 1000;
  journal j(store_, s);
  arrival a = arrival_of(1);
  a.raw = share(std::string(50'000, 'x'));
  j.arrived(std::move(a));
  EXPECT_EQ(j.drain(later()), 0u);
  EXPECT_EQ(store_->get(id(1)).value().raw_size, 50'000u);
}

TEST_F(Journal, MakesCallersWaitForRoomAndLosesNothing) {
  settings s = durable(overflow::wait);
  s.most_records = 4;
  journal j(store_, s);
  occupy(j);
  std::thread client([&] {
    for (int i = 1; i <= 50; ++i) j.arrived(arrival_of(i));
  });
  while (j.count().waited == 0) std::this_thread::yield();
  EXPECT_EQ(j.count().queue_depth, 4u);
  store_->let_go();
  client.join();
  EXPECT_EQ(j.drain(later()), 0u);
  EXPECT_EQ(store_->count({}).value(), 51u);
  EXPECT_EQ(j.count().dropped, 0u);
}

TEST_F(Journal, ReportsAFailingStoreAndTheCompletionsOfArrivalsThatWereLostWithIt) {
  journal j(store_, durable());
  store_->fail(true);
  j.arrived(arrival_of(1));
  j.arrived(arrival_of(2));
  answer failed;
  j.completed(completion_of(1), failed.handler());
  EXPECT_EQ(failed.get().error().code, problems::journal_unavailable);
  EXPECT_EQ(j.drain(later()), 0u);
  store_->fail(false);
  answer orphan, healthy;
  j.completed(completion_of(2), orphan.handler());
  EXPECT_EQ(orphan.get().error().code, problems::journal_unavailable);
  j.arrived(arrival_of(3));
  j.completed(completion_of(3), healthy.handler());
  EXPECT_TRUE(healthy.get());
  EXPECT_EQ(j.count().dropped, 4u);
  EXPECT_EQ(j.count().entries, 1u);
}

TEST_F(Journal, SurvivesAStoreThatThrows) {
  journal j(store_, durable());
  store_->throw_up(true);
  j.arrived(arrival_of(1));
  answer failed, healthy;
  j.completed(completion_of(1), failed.handler());
  EXPECT_EQ(failed.get().error().code, problems::journal_unavailable);
  store_->throw_up(false);
  j.arrived(arrival_of(2));
  j.completed(completion_of(2), healthy.handler());
  EXPECT_TRUE(healthy.get());
}

TEST_F(Journal, KeepsTheRestOfAGroupWhenOneRecordCannotBeTaken) {
  journal j(store_, durable());
  occupy(j);
  answer good, orphan, other;
  j.arrived(arrival_of(1));
  j.completed(completion_of(1), good.handler());
  j.completed(completion_of(77), orphan.handler());
  j.arrived(arrival_of(2));
  j.completed(completion_of(2), other.handler());
  store_->let_go();
  EXPECT_TRUE(good.get());
  EXPECT_EQ(orphan.get().error().code, problems::journal_not_found);
  EXPECT_TRUE(other.get());
}

TEST_F(Journal, RecordsAnIdOnceAndRefusesTheCompletionOfTheSecondUse) {
  journal j(store_, durable());
  answer first, second;
  j.arrived(arrival_of(1));
  EXPECT_EQ(j.drain(later()), 0u);
  j.arrived(arrival_of(1));
  EXPECT_EQ(j.drain(later()), 0u);
  j.completed(completion_of(1), second.handler());
  EXPECT_EQ(second.get().error().code, problems::journal_duplicate);
}

TEST_F(Journal, DrainsBeforeItsDeadlineOrSaysWhatIsLeft) {
  answer a;
  {
    journal j(store_, durable());
    occupy(j);
    j.arrived(arrival_of(1));
    j.completed(completion_of(1), a.handler());
    EXPECT_EQ(j.drain(steady_clock::now()), 4u);
    store_->let_go();
    EXPECT_EQ(j.drain(later()), 0u);
  }
  EXPECT_TRUE(a.get());
}

TEST_F(Journal, RecordsWhatIsQueuedWhenItIsDestroyed) {
  {
    journal j(store_, relaxed());
    for (int i = 1; i <= 500; ++i) {
      j.arrived(arrival_of(i));
      j.completed(completion_of(i));
    }
  }
  EXPECT_EQ(store_->count({}).value(), 500u);
  for (const entry& e : everything(*store_)) EXPECT_TRUE(e.completed);
}

TEST(JournalQueue, GivesUpTheRestWhenClosedAfterADrainThatTimedOut) {
  for (const bool timed_out : {false, true}) {
    queue q(durable());
    EXPECT_FALSE(q.push(arrival_of(1), {}));
    if (timed_out) {
      EXPECT_EQ(q.drain(steady_clock::now()), 1u);
    }
    q.close();
    std::vector<queue::item> batch;
    ASSERT_TRUE(q.take(batch));
    ASSERT_EQ(batch.size(), 1u);
    EXPECT_EQ(batch[0].refused.has_value(), timed_out);
    batch.clear();
    EXPECT_FALSE(q.take(batch));
    const auto refused = q.push(arrival_of(2), {});
    ASSERT_TRUE(refused);
    EXPECT_EQ(refused->refused->code, problems::journal_unavailable);
  }
}

TEST_F(Journal, ShowsTheLatestExchangesAfterADrain) {
  settings s = relaxed();
  s.linger = std::chrono::hours(1);
  journal j(store_, s);
  j.arrived(arrival_of(1));
  j.completed(completion_of(1));
  EXPECT_EQ(j.drain(later()), 0u);
  EXPECT_EQ(store_->count({}).value(), 1u);
}

TEST_F(Journal, DoesNotLingerWhenAnAnswerWaits) {
  settings s = durable();
  s.linger = std::chrono::hours(1);
  journal j(store_, s);
  j.arrived(arrival_of(1));
  answer a;
  j.completed(completion_of(1), a.handler());
  EXPECT_TRUE(a.get());
  EXPECT_EQ(store_->sizes(), (std::vector<std::size_t>{2})) << "an arrival waits for its completion: one sync, not two";
}

TEST_F(Journal, AHandlerThatThrowsDoesNotStopTheWriter) {
  journal j(store_, durable());
  j.arrived(arrival_of(1));
  j.completed(completion_of(1), [](result<void>) { throw std::runtime_error("careless"); });
  j.arrived(arrival_of(2));
  answer a;
  j.completed(completion_of(2), a.handler());
  EXPECT_TRUE(a.get());
}

}  // namespace
}  // namespace shep::journal::test
