// What adapters/adapter.hpp and adapters/kinds/kind.hpp promise, for every row of the catalogue.
#include "calling.hpp"
#include "protocol/problems.hpp"

#include <filesystem>
#include <set>
#include <thread>
#include <vector>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>

namespace shep::adapters {
namespace {

using namespace testing;
using namespace std::chrono_literals;

TEST(Catalogue, HasOneRowForEachFileOfItsNameInAdaptersKinds) {
  std::set<std::string, std::less<>> files;
  for (const auto& entry : std::filesystem::directory_iterator(SHEPSIM_SOURCE_DIR "/adapters/kinds"))
    if (entry.path().extension() == ".cpp") files.insert(entry.path().stem().string());
  std::multiset<std::string, std::less<>> names;
  for (const kind* k : catalogue()) names.insert(std::string(k->name));
  EXPECT_FALSE(names.empty());
  EXPECT_EQ(names, (std::multiset<std::string, std::less<>>(files.begin(), files.end())));
}

class EveryKind : public ::testing::TestWithParam<const kind*> {
 protected:
  /// Ended as the contract allows: an answer, or one of the expected problems with words for people.
  static void expect_proper(const ending& e) {
    EXPECT_FALSE(e.thrown) << "an adapter's handle() threw";
    ASSERT_TRUE(e.answer) << "an adapter's handle() did not end";
    if (*e.answer) return;
    const problem p = e.answer->error();
    const bool expected = p.code == problems::no_match || p.code == problems::recipient_timeout || p.code == problems::unavailable ||
                          p.code == problems::recipient_unavailable || p.code == problems::recipient_answer;
    EXPECT_TRUE(expected) << describe(p);
    EXPECT_FALSE(p.detail.empty()) << describe(p);
  }

  const std::shared_ptr<const adapter> adapter_ = GetParam()->make(parts_with(usual_mappings()));
};

TEST_P(EveryKind, TellsWhatItIsFor) {
  EXPECT_FALSE(GetParam()->name.empty());
  EXPECT_FALSE(GetParam()->about.empty());
}

TEST_P(EveryKind, IsMadeOfTheUsualParts) { EXPECT_TRUE(adapter_); }

TEST_P(EveryKind, EndsByItsDeadlineWhateverTheRecipientDoes) {
  for (const std::string service : {"ECHO", "SLOW", "BRIEF", "NOBODY"}) {
    const question q(service);
    expect_proper(ask(*adapter_, q.within(20ms)));
  }
}

TEST_P(EveryKind, EndsAtOnceWhenItsDeadlineIsOverAlready) {
  for (const std::string service : {"ECHO", "SLOW", "BRIEF", "NOBODY"}) {
    const question q(service);
    expect_proper(ask(*adapter_, q.until(std::chrono::steady_clock::time_point::min())));
    expect_proper(ask(*adapter_, q.within(-1ms)));
  }
}

TEST_P(EveryKind, SaysWhereToLookWhenNothingMatches) {
  const question q("NOBODY");
  const auto e = ask(*adapter_, q.within(never));
  expect_proper(e);
  if (!*e.answer && e.answer->error().code == problems::no_match) {
    EXPECT_FALSE(e.answer->error().where.empty());
    EXPECT_FALSE(e.answer->error().hint.empty());
  }
}

TEST_P(EveryKind, TakesHostileRequestsWithoutThrowing) {
  const std::vector<std::string> odd{"",       std::string(1, '\0'),      "\xFF\xFE", "{{request.messageId}}", "]]>",  "<!DOCTYPE a>",
                                     "../../", std::string(1 << 20, '{'), "\r\n\r\n", "' or '1'='1",           "ECHO "};
  for (const std::string& text : odd) {
    question q("ECHO");
    q.request.message_id = q.request.correlation_id = q.request.sender_id = q.request.route_id = q.request.session_id = text;
    expect_proper(ask(*adapter_, q.within(never)));
    q.request.service_id = text;
    expect_proper(ask(*adapter_, q.within(20ms)));
  }
}

TEST_P(EveryKind, TakesRequestsWithoutBusinessDataAndWithoutBody) {
  for (const std::string service : {"ECHO", "SLOW", "BRIEF", "NOBODY"}) {
    question q(service);
    q.request.data = {};
    call c = q.within(20ms);
    expect_proper(ask(*adapter_, c));
    const call bare{c.request, c.route, xml::element(), {}, {}, {}, std::chrono::steady_clock::now() + 20ms};
    expect_proper(ask(*adapter_, bare));
  }
}

TEST_P(EveryKind, AnswersManyAtOnceFromFourThreadsAsItAnswersOneByOne) {
  constexpr std::size_t many = 400;
  const std::vector<std::string> services{"ECHO", "SLOW", "NOBODY", "BRIEF"};
  std::vector<std::unique_ptr<question>> questions;
  for (std::size_t i = 0; i < many; ++i) {
    questions.push_back(std::make_unique<question>(services[i % services.size()]));
    questions.back()->request.message_id = "m-" + std::to_string(i);
  }
  const auto wait = [&](std::size_t i) { return services[i % services.size()] == "SLOW" ? std::chrono::milliseconds(50) : never; };
  const auto text = [](const ending& e) { return told(e) + (e.answer && *e.answer ? " " + (*e.answer)->document : std::string()); };

  std::vector<std::string> alone;
  for (std::size_t i = 0; i < services.size(); ++i) alone.push_back(told(ask(*adapter_, questions[i]->within(wait(i)))));

  boost::asio::io_context io(4);
  std::vector<call> calls;
  std::vector<ending> endings(many);
  for (std::size_t i = 0; i < many; ++i) calls.push_back(questions[i]->within(wait(i)));
  for (std::size_t i = 0; i < many; ++i)
    boost::asio::co_spawn(io, adapter_->handle(calls[i]), [&endings, i](std::exception_ptr thrown, result<reply> answer) {
      endings[i].thrown = thrown;
      if (!thrown) endings[i].answer = std::move(answer);
    });
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) threads.emplace_back([&] { io.run(); });
  for (auto& t : threads) t.join();

  for (std::size_t i = 0; i < many; ++i) EXPECT_EQ(told(endings[i]), alone[i % services.size()]) << i;
  for (std::size_t i = 0; i < many; i += services.size()) {
    const std::string one = text(ask(*adapter_, questions[i]->within(never)));
    ASSERT_EQ(text(endings[i]), one) << "an answer meant for another request";
  }
}

INSTANTIATE_TEST_SUITE_P(Catalogue, EveryKind, ::testing::ValuesIn(catalogue().begin(), catalogue().end()),
                         [](const auto& row) { return std::string(row.param->name); });

}  // namespace
}  // namespace shep::adapters
