// Overload (F14), descriptors (F11) and the orderly end (F17).
#include "http/problems.hpp"
#include "unit/http/rig.hpp"

#include <cstdlib>
#include <memory>
#include <sys/resource.h>
#include <thread>

namespace shep::http::test {
namespace {

using namespace std::chrono_literals;

handler waits_in(const std::shared_ptr<turnstile>& gate) {
  return [gate](request) -> boost::asio::awaitable<response> {
    co_await gate->pass();
    co_return text_response(200, "done");
  };
}

TEST(Drain, F17_LetsARunningRequestFinishAndClosesIdleConnectionsAtOnce) {
  const auto gate = std::make_shared<turnstile>();
  rig r([&gate](listener_options& o) { o.handler = waits_in(gate); });
  raw_client idle(r.port());
  raw_client busy(r.port());
  busy.send(get);
  gate->wait_for_visitors(1);
  drain_report report;
  std::thread draining([&r, &report] { report = r.server().drain(30s); });
  EXPECT_TRUE(idle.ended());
  EXPECT_TRUE(eventually([&r] { return !raw_client(r.port()).connected(); }));
  gate->open();
  const auto got = busy.receive();
  EXPECT_EQ(got.status, 200u);
  EXPECT_EQ(got.header("Connection"), "close");
  EXPECT_TRUE(busy.ended());
  draining.join();
  EXPECT_TRUE(report.complete);
  EXPECT_EQ(report.cut_off, 0u);
}

TEST(Drain, F17_CutsOffAndCountsWhatDoesNotEndInTime) {
  const auto gate = std::make_shared<turnstile>();
  rig r([&gate](listener_options& o) { o.handler = waits_in(gate); });
  raw_client first(r.port());
  raw_client second(r.port());
  first.send(get);
  second.send(get);
  gate->wait_for_visitors(2);
  const auto report = r.server().drain(20ms);
  EXPECT_FALSE(report.complete);
  EXPECT_EQ(report.cut_off, 2u);
  EXPECT_TRUE(first.ended());
  EXPECT_TRUE(second.ended());
  EXPECT_EQ(r.server().counters().connections_open, 0u);
  EXPECT_EQ(r.server().counters().requests_in_flight, 0u);
}

TEST(Drain, F17_ReadsARequestToItsEndThatHadBegun) {
  rig r;
  raw_client client(r.port());
  client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 6\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_EQ(client.receive().status, 100u);
  std::thread draining([&r] { EXPECT_TRUE(r.server().drain(30s).complete); });
  EXPECT_TRUE(eventually([&r] { return !raw_client(r.port()).connected(); }));
  client.send("abcdef");
  const auto got = client.receive();
  EXPECT_EQ(got.body, "abcdef");
  EXPECT_EQ(got.header("Connection"), "close");
  EXPECT_TRUE(client.ended());
  draining.join();
}

TEST(Drain, F17_AnswersEveryRequestThatReachedTheHandlerUnderLoad) {
  for (int round = 0; round < 10; ++round) {
    rig r;
    std::atomic<int> answered{0};
    std::vector<std::thread> clients;
    for (int i = 0; i < 6; ++i)
      clients.emplace_back([&r, &answered] {
        raw_client client(r.port());
        while (client.connected() && client.send(get)) {
          const auto got = client.receive();
          if (got.status != 200) break;
          ++answered;
          if (got.header("Connection") == "close") break;
        }
      });
    EXPECT_TRUE(eventually([&answered] { return answered > 100; }));
    const auto report = r.server().drain(30s);
    for (auto& c : clients) c.join();
    EXPECT_TRUE(report.complete);
    EXPECT_EQ(answered, r.requests());
  }
}

TEST(Drain, RefusesToListenAfterwards) {
  rig r;
  r.server().drain(0ms);
  const auto again = r.server().listen(listener_options());
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, problems::cannot_listen);
}

TEST(Listen, SaysWhyAnAddressCannotBeListenedOn) {
  rig r;
  listener_options taken;
  taken.port = r.port();
  const auto busy = r.server().listen(taken);
  ASSERT_FALSE(busy);
  EXPECT_EQ(busy.error().code, problems::cannot_listen);
  EXPECT_FALSE(busy.error().hint.empty());
  listener_options named;
  named.address = "localhost";
  EXPECT_FALSE(r.server().listen(named));
}

TEST(Overload, F14_RefusesBeyondTheLimitBeforeTheBodyAndKeepsTheConnection) {
  const auto gate = std::make_shared<turnstile>();
  rig r([&gate](listener_options& o) {
    o.max_in_flight = 1;
    o.handler = waits_in(gate);
  });
  raw_client first(r.port());
  first.send(get);
  gate->wait_for_visitors(1);
  raw_client second(r.port());
  for (const auto* body : {"Content-Length: 3\r\n\r\nabc", "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"}) {
    second.send("POST / HTTP/1.1\r\nHost: a\r\n" + std::string(body));
    const auto refused = second.receive();
    EXPECT_EQ(refused.status, 503u);
    EXPECT_EQ(refused.header("Retry-After"), "1");
    EXPECT_EQ(refused.header("Connection"), "");
    EXPECT_EQ(r.wait_for_refusal().what.code, problems::busy);
  }
  raw_client asking(r.port());
  asking.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_EQ(asking.receive().status, 503u);
  EXPECT_TRUE(asking.ended());
  gate->open();
  EXPECT_EQ(first.receive().status, 200u);
  EXPECT_TRUE(eventually([&r] { return r.server().counters().requests_in_flight == 0; }));
  second.send(get);
  EXPECT_EQ(second.receive().status, 200u);
  EXPECT_EQ(r.requests(), 2);
}

TEST(Overload, F14_AsksThePortWhetherItIsOverloaded) {
  rig r([](listener_options& o) { o.overloaded = [] { return true; }; });
  raw_client client(r.port());
  client.send(get);
  EXPECT_EQ(client.receive().status, 503u);
  EXPECT_EQ(r.requests(), 0);
}

double processor_seconds() {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  return static_cast<double>(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
         static_cast<double>(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
}

// In a process of its own: exit code 0 when all went well, else the number of the step that did not.
[[noreturn]] void exhaust_descriptors() {
  rig r;
  {
    // The undefined-behaviour sanitizer needs descriptors to look at an object of a class it has not met before.
    raw_client whole_life(r.port());
    if (!whole_life.send(get) || whole_life.receive().status != 200) std::_Exit(6);
  }
  if (!eventually([&r] { return r.server().counters().connections_open == 0; })) std::_Exit(7);
  rlimit few{};
  getrlimit(RLIMIT_NOFILE, &few);
  std::vector<std::unique_ptr<raw_client>> clients;
  for (int i = 0; i < 20; ++i) clients.push_back(std::make_unique<raw_client>(r.port()));
  if (!eventually([&r] { return r.server().counters().connections_total == 21; })) std::_Exit(1);
  // The limit is chosen now, after the server has read its own: accepting fails although nothing has reached a limit of ours.
  few.rlim_cur = 64;
  setrlimit(RLIMIT_NOFILE, &few);
  for (int i = 0; i < 64; ++i) {
    clients.push_back(std::make_unique<raw_client>(r.port()));
    if (!clients.back()->connected()) break;
  }
  if (!eventually([&r] { return r.server().counters().accept_failures > 20; })) std::_Exit(2);
  const auto failures = r.server().counters().accept_failures;
  const auto before = processor_seconds();
  if (!clients.front()->send(get) || clients.front()->receive().status != 200) std::_Exit(3);
  if (r.server().counters().accept_failures - failures > 1000 || processor_seconds() - before > 5) std::_Exit(4);
  clients.clear();
  raw_client later(r.port());
  if (!later.send(get) || later.receive().status != 200) std::_Exit(5);
  std::_Exit(0);
}

TEST(Descriptors, F11_AcceptsAgainAfterTheyRanOutAndServesWhatIsOpenMeanwhile) {
  testing::FLAGS_gtest_death_test_style = "threadsafe";
  EXPECT_EXIT(exhaust_descriptors(), testing::ExitedWithCode(0), "");
}

[[noreturn]] void keep_a_reserve() {
  rlimit few{};
  getrlimit(RLIMIT_NOFILE, &few);
  few.rlim_cur = 64;
  setrlimit(RLIMIT_NOFILE, &few);
  rig r;
  listener_options admin;
  admin.name = "admin";
  admin.reserved_capacity = true;
  admin.handler = [](request) -> boost::asio::awaitable<response> { co_return text_response(200, "alive"); };
  const auto place = r.server().listen(admin);
  if (!place) std::_Exit(1);
  // Both ends of every connection are descriptors of this process, so the limit must leave room for the clients' own.
  few.rlim_cur = 512;
  setrlimit(RLIMIT_NOFILE, &few);
  std::vector<std::unique_ptr<raw_client>> clients;
  for (int i = 0; i < 100; ++i) clients.push_back(std::make_unique<raw_client>(r.port()));
  if (!eventually([&r] { return r.server().counters().connections_refused == 68; })) std::_Exit(2);
  if (r.server().counters().connections_open != 32) std::_Exit(3);
  raw_client health(place->port);
  if (!health.send(get) || health.receive().body != "alive") std::_Exit(4);
  std::_Exit(0);
}

TEST(Descriptors, F11_KeepsDescriptorsForAdminAndJournal) {
  testing::FLAGS_gtest_death_test_style = "threadsafe";
  EXPECT_EXIT(keep_a_reserve(), testing::ExitedWithCode(0), "");
}

}  // namespace
}  // namespace shep::http::test
