#include "adapters/forwarding/bulkhead.hpp"

#include <optional>
#include <thread>
#include <vector>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>

namespace shep::forwarding {
namespace {

using namespace std::chrono_literals;
using entry = bulkhead::entry;

std::chrono::steady_clock::time_point in(std::chrono::milliseconds t) { return std::chrono::steady_clock::now() + t; }

struct ends {
  std::optional<entry>& into;
  void operator()(std::exception_ptr, entry e) const { into = e; }
};

TEST(Bulkhead, F08_TakesAsManyAsThereArePlacesAndQueuesAsManyAsMayWait) {
  boost::asio::io_context io;
  bulkhead b({1, 1});
  std::optional<entry> first, second, third;
  boost::asio::co_spawn(io, b.enter(in(10min)), ends{first});
  boost::asio::co_spawn(io, b.enter(in(10min)), ends{second});
  boost::asio::co_spawn(io, b.enter(in(10min)), ends{third});
  while (!first || !third) io.run_one();
  EXPECT_EQ(first, entry::granted);
  EXPECT_EQ(third, entry::full);
  EXPECT_FALSE(second);
  b.leave();
  while (!second) io.run_one();
  EXPECT_EQ(second, entry::granted);
  EXPECT_EQ(b.taken(), 1U);
  b.leave();
  EXPECT_EQ(b.taken(), 0U);
}

TEST(Bulkhead, WhoWaitsTooLongLeavesTheQueue) {
  boost::asio::io_context io;
  bulkhead b({1, 1});
  std::optional<entry> first, late, next;
  boost::asio::co_spawn(io, b.enter(in(10min)), ends{first});
  boost::asio::co_spawn(io, b.enter(in(1ms)), ends{late});
  io.run();
  EXPECT_EQ(late, entry::too_late);
  io.restart();
  boost::asio::co_spawn(io, b.enter(in(10min)), ends{next});
  io.poll();
  EXPECT_FALSE(next) << "its place in the queue was free again";
  b.leave();
  io.restart();
  io.run();
  EXPECT_EQ(next, entry::granted);
}

boost::asio::awaitable<void> visit(bulkhead& b, std::atomic<std::size_t>& inside, std::atomic<std::size_t>& most, std::atomic<int>& done) {
  const auto e = co_await b.enter(in(10min));
  EXPECT_EQ(e, entry::granted);
  const std::size_t now = ++inside;
  for (std::size_t seen = most; now > seen && !most.compare_exchange_weak(seen, now);) {}
  --inside;
  b.leave();
  ++done;
}

TEST(Bulkhead, NobodyIsForgottenWhenManyComeAndGoOnFourThreads) {
  boost::asio::io_context io(4);
  bulkhead b({3, 2000});
  std::atomic<std::size_t> inside{0}, most{0};
  std::atomic<int> done{0};
  for (int i = 0; i < 2000; ++i) boost::asio::co_spawn(io, visit(b, inside, most, done), [](std::exception_ptr e) { EXPECT_FALSE(e); });
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) threads.emplace_back([&] { io.run(); });
  for (auto& t : threads) t.join();
  EXPECT_EQ(done, 2000);
  EXPECT_LE(most, 3U);
  EXPECT_EQ(b.taken(), 0U);
}

}  // namespace
}  // namespace shep::forwarding
