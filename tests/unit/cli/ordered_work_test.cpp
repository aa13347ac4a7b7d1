#include "cli/ordered_work.hpp"

#include <atomic>
#include <stdexcept>
#include <vector>

#include <gtest/gtest.h>

namespace shep::cli {
namespace {

TEST(OrderedWork, ResultsComeInOrderWhicheverThreadWasFirst) {
  std::vector<std::string> taken;
  ordered_work(
      1000, 4, [](std::size_t i) { return std::to_string(i); },
      [&](std::size_t i, std::string text) {
        EXPECT_EQ(text, std::to_string(i));
        taken.push_back(std::move(text));
        return true;
      });
  EXPECT_EQ(taken.size(), 1000U);
}

TEST(OrderedWork, NoWorkIsNoWork) {
  ordered_work(
      0, 4, [](std::size_t) -> std::string { throw std::logic_error("called"); },
      [](std::size_t, std::string) -> bool { throw std::logic_error("called"); });
}

TEST(OrderedWork, StopsWhenTheTakerHasEnough) {
  std::atomic<std::size_t> begun = 0;
  std::size_t taken = 0;
  ordered_work(
      100'000, 2, [&](std::size_t) { return std::to_string(++begun); }, [&](std::size_t, std::string) { return ++taken < 10; });
  EXPECT_EQ(taken, 10U);
  EXPECT_LE(begun, 10U + 2 * 64 + 2);
}

TEST(OrderedWork, AnExceptionOfTheWorkLeavesAfterTheOthersEnded) {
  const auto work = [](std::size_t i) -> std::string {
    if (i == 500) throw std::runtime_error("piece 500");
    return {};
  };
  EXPECT_THROW(ordered_work(1000, 4, work, [](std::size_t, std::string) { return true; }), std::runtime_error);
}

}  // namespace
}  // namespace shep::cli
