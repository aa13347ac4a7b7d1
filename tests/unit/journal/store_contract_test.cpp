#include "journal/memory_store.hpp"
#include "journal/problems.hpp"
#include "journal/sqlite_store.hpp"
#include "unit/journal/support.hpp"

#include <functional>
#include <thread>

#include <gtest/gtest.h>

/// What every implementation of `store` must do. A new implementation adds one row at the end of this file.
namespace shep::journal::test {
namespace {

struct implementation {
  const char* name;
  std::function<std::shared_ptr<store>(const temporary_folder&)> open;
};

class StoreContract : public testing::TestWithParam<implementation> {
 protected:
  void put(std::vector<record> records) { ASSERT_TRUE(store_->append(records)); }
  std::vector<std::string> listed(const filter& f) { return ids_of(everything(*store_, f)); }

  const temporary_folder folder_;
  const std::shared_ptr<store> store_ = GetParam().open(folder_);
};

TEST_P(StoreContract, GivesBackEveryFieldOfAnExchange) {
  put({arrival_of(7), completion_of(7)});
  const entry e = store_->get(id(7)).value();
  EXPECT_TRUE(equal(e.arrived, arrival_of(7)));
  ASSERT_TRUE(e.completed);
  EXPECT_TRUE(equal(*e.completed, completion_of(7)));
  EXPECT_EQ(e.sequence, 1u);
  EXPECT_EQ(e.raw_size, arrival_of(7).raw->size());
  EXPECT_EQ(e.response_size, completion_of(7).response->size());
}

TEST_P(StoreContract, TellsNoBodyFromAnEmptyBody) {
  arrival none = arrival_of(1), empty = arrival_of(2);
  none.raw = nullptr;
  empty.raw = share("");
  completion without = completion_of(1), blank = completion_of(2);
  without.response = nullptr;
  blank.response = share("");
  put({none, empty, without, blank});
  EXPECT_TRUE(equal(store_->get(id(1)).value().arrived, none));
  EXPECT_TRUE(equal(store_->get(id(2)).value().arrived, empty));
  EXPECT_TRUE(equal(*store_->get(id(1)).value().completed, without));
  EXPECT_TRUE(equal(*store_->get(id(2)).value().completed, blank));
}

TEST_P(StoreContract, KeepsAnyOctetsInText) {
  completion c = completion_of(1);
  std::string octets;
  for (int i = 0; i < 256; ++i) octets += static_cast<char>(i);
  c.service_id = c.sender_id = c.message_id = c.problem_detail = c.trace = octets;
  put({arrival_of(1), c});
  EXPECT_TRUE(equal(*store_->get(id(1)).value().completed, c));
  for (auto member : {&filter::service_id, &filter::sender_id, &filter::message_id}) {
    filter f;
    f.*member = octets;
    EXPECT_EQ(listed(f).size(), 1u);
    f.*member = octets.substr(0, 200);
    EXPECT_EQ(listed(f).size(), 0u);
  }
}

TEST_P(StoreContract, KeepsALargeBodyOctetForOctet) {
  arrival a = arrival_of(1);
  std::string large;
  for (int i = 0; i < 3'000'000; ++i) large += static_cast<char>(i * 7 + i / 251);
  a.raw = share(large);
  put({a});
  EXPECT_EQ(*store_->get(id(1)).value().arrived.raw, large);
}

TEST_P(StoreContract, ShowsAnExchangeThatNeverEnded) {
  put({arrival_of(1)});
  EXPECT_FALSE(store_->get(id(1)).value().completed);
  ASSERT_EQ(everything(*store_).size(), 1u);
  EXPECT_FALSE(everything(*store_)[0].completed);
  filter f;
  f.outcome = "answered";
  EXPECT_TRUE(listed(f).empty());
}

TEST_P(StoreContract, TakesACompletionInALaterGroup) {
  put({arrival_of(1), arrival_of(2)});
  put({completion_of(2)});
  put({completion_of(1)});
  EXPECT_TRUE(store_->get(id(1)).value().completed);
  EXPECT_TRUE(store_->get(id(2)).value().completed);
}

TEST_P(StoreContract, RefusesASecondArrivalOfAnIdAndTheWholeGroup) {
  put({arrival_of(1)});
  const std::vector<record> group = {arrival_of(2), arrival_of(1)};
  EXPECT_EQ(store_->append(group).error().code, problems::journal_duplicate);
  EXPECT_EQ(store_->get(id(2)).error().code, problems::journal_not_found);
  EXPECT_EQ(store_->count().value(), 1u);
  put({arrival_of(3)});
  EXPECT_EQ(store_->get(id(3)).value().sequence, 2u);
}

TEST_P(StoreContract, RefusesTheSameArrivalTwiceInOneGroup) {
  EXPECT_EQ(store_->append(std::vector<record>{arrival_of(1), arrival_of(1)}).error().code, problems::journal_duplicate);
  EXPECT_EQ(store_->count().value(), 0u);
}

TEST_P(StoreContract, RefusesASecondCompletion) {
  put({arrival_of(1), completion_of(1)});
  EXPECT_EQ(store_->append(std::vector<record>{completion_of(1)}).error().code, problems::journal_duplicate);
  put({arrival_of(2)});
  EXPECT_EQ(store_->append(std::vector<record>{completion_of(2), completion_of(2)}).error().code, problems::journal_duplicate);
  EXPECT_FALSE(store_->get(id(2)).value().completed);
}

TEST_P(StoreContract, RefusesACompletionWithoutItsArrival) {
  EXPECT_EQ(store_->append(std::vector<record>{completion_of(1), arrival_of(1)}).error().code, problems::journal_not_found);
  EXPECT_EQ(store_->count().value(), 0u);
}

TEST_P(StoreContract, SaysThatAnEntryDoesNotExist) { EXPECT_EQ(store_->get("no such id").error().code, problems::journal_not_found); }

TEST_P(StoreContract, TakesAnEmptyGroup) { put({}); }

TEST_P(StoreContract, ListsNewestFirstPageByPage) {
  put(exchanges(1, 25));
  std::vector<std::string> seen;
  std::optional<std::uint64_t> before;
  int pages = 0;
  do {
    const page p = store_->list({}, 10, before).value();
    EXPECT_EQ(p.damaged, 0u);
    for (const std::string& i : ids_of(p.entries)) seen.push_back(i);
    before = p.next;
    ++pages;
  } while (before && pages < 10);
  EXPECT_EQ(pages, 3);
  ASSERT_EQ(seen.size(), 25u);
  for (int i = 0; i < 25; ++i) EXPECT_EQ(seen[static_cast<std::size_t>(i)], id(25 - i));
}

TEST_P(StoreContract, EndsTheListWhenTheLastPageIsExactlyFull) {
  put(exchanges(1, 10));
  EXPECT_FALSE(store_->list({}, 10).value().next);
  EXPECT_TRUE(store_->list({}, 9).value().next);
  EXPECT_TRUE(store_->list({}, 10, 1).value().entries.empty());
  EXPECT_TRUE(store_->list({}, 10, 0).value().entries.empty());
  EXPECT_EQ(store_->list({}, 10, std::uint64_t(-1)).value().entries.size(), 10u);
}

TEST_P(StoreContract, ListsNothingWhenThereIsNothing) {
  const page p = store_->list({}, 10).value();
  EXPECT_TRUE(p.entries.empty());
  EXPECT_FALSE(p.next);
}

TEST_P(StoreContract, ListsWithoutBodiesButWithTheirSizes) {
  put(exchanges(1, 1));
  const entry e = everything(*store_).at(0);
  arrival a = arrival_of(1);
  completion c = completion_of(1);
  EXPECT_EQ(e.raw_size, a.raw->size());
  EXPECT_EQ(e.response_size, c.response->size());
  a.raw = c.response = nullptr;
  c.trace.clear();
  EXPECT_TRUE(equal(e.arrived, a));
  EXPECT_TRUE(equal(*e.completed, c));
}

TEST_P(StoreContract, FindsByEachCondition) {
  for (int i = 1; i <= 12; ++i) {
    completion c = completion_of(i);
    c.service_id = "service-" + std::to_string(i % 2);
    c.sender_id = "sender-" + std::to_string(i % 3);
    c.outcome = i % 4 == 0 ? "fault" : "answered";
    c.unmatched = i % 6 == 0;
    put({arrival_of(i), c});
  }
  filter service, sender, message, outcome, unmatched, matched, all;
  service.service_id = "service-1";
  sender.sender_id = "sender-0";
  message.message_id = "message-5";
  outcome.outcome = "fault";
  unmatched.unmatched = true;
  matched.unmatched = false;
  EXPECT_EQ(listed(service), (std::vector<std::string>{id(11), id(9), id(7), id(5), id(3), id(1)}));
  EXPECT_EQ(listed(sender), (std::vector<std::string>{id(12), id(9), id(6), id(3)}));
  EXPECT_EQ(listed(message), (std::vector<std::string>{id(5)}));
  EXPECT_EQ(listed(outcome), (std::vector<std::string>{id(12), id(8), id(4)}));
  EXPECT_EQ(listed(unmatched), (std::vector<std::string>{id(12), id(6)}));
  EXPECT_EQ(listed(matched).size(), 10u);
  all.service_id = "service-0";
  all.sender_id = "sender-0";
  all.outcome = "fault";
  all.unmatched = true;
  all.since = at(7);
  EXPECT_EQ(listed(all), (std::vector<std::string>{id(12)}));
  for (const filter& f : {service, sender, message, outcome, unmatched, matched, all})
    EXPECT_EQ(store_->count(f).value(), listed(f).size());
}

TEST_P(StoreContract, FindsByTimeWithTheStartInsideAndTheEndOutside) {
  put(exchanges(1, 700));
  filter f;
  f.since = at(100);
  f.until = at(104);
  EXPECT_EQ(listed(f), (std::vector<std::string>{id(103), id(102), id(101), id(100)}));
  EXPECT_EQ(store_->count(f).value(), 4u);
  f.until = {};
  EXPECT_EQ(listed(f).size(), 601u);
  EXPECT_EQ(store_->count(f).value(), 601u);
  f.since = at(701);
  EXPECT_TRUE(listed(f).empty());
  f.since = {};
  f.until = at(1);
  EXPECT_TRUE(listed(f).empty());
}

TEST_P(StoreContract, F10_KeepsTheOrderOfRecordingWhenTheClockGoesBack) {
  for (int i = 1; i <= 900; ++i) {
    arrival a = arrival_of(i);
    a.received_at = i <= 300 ? at(i) : i <= 600 ? at(i - 10'000) : at(i + 10'000'000);
    put({a, completion_of(i)});
  }
  const std::vector<entry> all = everything(*store_);
  ASSERT_EQ(all.size(), 900u);
  for (std::size_t i = 0; i < 900; ++i) EXPECT_EQ(all[i].sequence, 900 - i);
  filter early;
  early.until = at(0);
  EXPECT_EQ(listed(early).size(), 300u);
  EXPECT_EQ(listed(early).front(), id(600));
  filter first;
  first.since = at(1);
  first.until = at(301);
  EXPECT_EQ(listed(first).size(), 300u);
  EXPECT_EQ(listed(first).front(), id(300));
  filter late;
  late.since = at(1'000'000);
  late.service_id = "service";
  EXPECT_EQ(listed(late).size(), 300u);
  for (const filter& f : {early, first, late}) EXPECT_EQ(store_->count(f).value(), 300u);
}

TEST_P(StoreContract, FindsOneRareEntryFarBack) {
  for (int i = 1; i <= 5000; i += 500) {
    std::vector<record> group;
    for (int k = i; k < i + 500; ++k) {
      completion c = completion_of(k);
      if (k == 3) c.outcome = "fault";
      group.emplace_back(arrival_of(k));
      group.emplace_back(std::move(c));
    }
    put(std::move(group));
  }
  filter f;
  f.service_id = "service";
  f.outcome = "fault";
  EXPECT_EQ(listed(f), (std::vector<std::string>{id(3)}));
}

TEST_P(StoreContract, FindStopsAtTheNumberAskedFor) {
  put(exchanges(1, 30));
  EXPECT_EQ(store_->find({}, 7).value().size(), 7u);
}

TEST_P(StoreContract, ForgetsEverythingAndGoesOnCounting) {
  put(exchanges(1, 300));
  ASSERT_TRUE(store_->remove_all());
  EXPECT_EQ(store_->count().value(), 0u);
  EXPECT_TRUE(everything(*store_).empty());
  EXPECT_EQ(store_->get(id(1)).error().code, problems::journal_not_found);
  put(exchanges(1, 300));
  EXPECT_EQ(store_->get(id(1)).value().sequence, 301u);
  EXPECT_EQ(store_->count().value(), 300u);
  filter f;
  f.since = at(250);
  EXPECT_EQ(listed(f).size(), 51u);
}

TEST_P(StoreContract, ReadersAndTheWriterWorkAtTheSameTime) {
  put(exchanges(1, 1));
  std::atomic<bool> stop = false;
  std::vector<std::thread> readers;
  for (int i = 0; i < 3; ++i)
    readers.emplace_back([&] {
      std::uint64_t seen = 0;
      while (!stop) {
        const std::uint64_t n = store_->count().value();
        EXPECT_GE(n, seen);
        seen = n;
        for (const entry& e : store_->list({}, 20).value().entries) EXPECT_TRUE(e.completed);
        EXPECT_TRUE(store_->get(id(1)));
      }
    });
  for (int i = 2; i <= 200; ++i) put(exchanges(i, i));
  stop = true;
  for (std::thread& t : readers) t.join();
  EXPECT_EQ(store_->count().value(), 200u);
}

INSTANTIATE_TEST_SUITE_P(Stores, StoreContract,
                         testing::Values(implementation{"memory", [](const temporary_folder&) { return std::make_shared<memory_store>(); }},
                                         implementation{"sqlite",
                                                        [](const temporary_folder& f) {
                                                          return sqlite_store::open({f.file(), false}).value();
                                                        }},
                                         implementation{"sqlite_durable",
                                                        [](const temporary_folder& f) {
                                                          return sqlite_store::open({f.file(), true}).value();
                                                        }}),
                         [](const auto& row) { return std::string(row.param.name); });

}  // namespace
}  // namespace shep::journal::test
