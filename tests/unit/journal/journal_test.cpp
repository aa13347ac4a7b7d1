#include "unit/journal/journal_fixture.hpp"

#include <algorithm>
#include <thread>

#include <gtest/gtest.h>

namespace shep::journal::test {
namespace {

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

TEST_F(Journal, DrainsBeforeItsDeadlineOrSaysWhatIsLeft) {
  answer a;
  {
    journal j(store_, durable());
    occupy(j);
    j.arrived(arrival_of(1));
    j.completed(completion_of(1), a.handler());
    EXPECT_EQ(j.drain(std::chrono::steady_clock::now()), 4u);
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
