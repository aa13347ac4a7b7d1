#include "journal/queue.hpp"
#include "unit/journal/journal_fixture.hpp"

#include <thread>

#include <gtest/gtest.h>

namespace shep::journal::test {
namespace {

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
  store_->hold();
  j.arrived(arrival_of(0));
  store_->await_entry(1);  // the writer has it: a second record beside it would find the only place taken, or free, by chance
  j.arrived(arrival_of(1));
  j.arrived(arrival_of(2));
  store_->let_go();
  EXPECT_EQ(j.drain(later()), 0u);
  answer lost, kept;
  j.completed(completion_of(2), lost.handler());
  EXPECT_EQ(lost.get().error().code, problems::journal_overflow);
  EXPECT_EQ(j.drain(later()), 0u);  // the one place in the queue is free again only then
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

TEST(JournalQueue, GivesUpTheRestWhenClosedAfterADrainThatTimedOut) {
  for (const bool timed_out : {false, true}) {
    queue q(durable());
    EXPECT_FALSE(q.push(arrival_of(1), {}));
    if (timed_out) {
      EXPECT_EQ(q.drain(std::chrono::steady_clock::now()), 1u);
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

}  // namespace
}  // namespace shep::journal::test
