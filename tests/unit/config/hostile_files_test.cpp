#include "unit/config/config_files.hpp"

#include <random>

#include <gtest/gtest.h>

namespace shep::config {
namespace {

using namespace test;

/// The outcome is either usable or says where it is not.
void expect_told_or_usable(const std::string& toml) {
  SCOPED_TRACE(toml);
  SCOPED_TRACE(toml);
  const auto outcome = load_text(toml);
  for (const problem& p : outcome.problems) {
    EXPECT_FALSE(p.detail.empty());
    EXPECT_FALSE(p.where.empty()) << p.detail;
  }
}

TEST(HostileFiles, F16_EveryTruncationOfAValidFileIsReadOrTold) {
  const std::string whole = valid_file;
  for (std::size_t length = 0; length < whole.size(); ++length) expect_told_or_usable(whole.substr(0, length));
}

TEST(HostileFiles, F16_RandomDamageIsReadOrTold) {
  std::mt19937 random(20301);
  const std::string whole = valid_file;
  for (int round = 0; round < 2000; ++round) {
    std::string damaged = whole;
    for (int hits = 1 + static_cast<int>(random() % 4); hits > 0; --hits) {
      const std::size_t at = random() % damaged.size();
      switch (random() % 5) {
        case 0: damaged.insert(at, "ы"); break;
        case 1: damaged[at] = static_cast<char>(random()); break;
        case 2: damaged.erase(at, 1 + random() % 20); break;
        case 3: damaged.insert(at, damaged.substr(random() % damaged.size(), random() % 40)); break;
        default: damaged.insert(at, 1, "[]{}=\"'.,#\n\\"[random() % 12]);
      }
      if (damaged.empty()) damaged = "x";
    }
    expect_told_or_usable(damaged);
  }
}

std::string repeated(const std::string& text, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) out += text;
  return out;
}

TEST(HostileFiles, DeepNestingIsRefusedWithoutRecursion) {
  EXPECT_EQ(load_text(repeated("a.", 100'000) + "a = 1\n").problems.at(0).code, problems::usage);
  EXPECT_EQ(load_text("a = " + repeated("[", 100'000)).problems.at(0).code, problems::usage);
  EXPECT_EQ(load_text("a = " + repeated("{a=", 80'000)).problems.at(0).code, problems::usage);
  EXPECT_EQ(load_text("[" + repeated("\"\".", 60'000) + "a]\n").problems.at(0).code, problems::usage);
  expect_told_or_usable("[" + repeated("a.", 900) + "a]\n" + repeated("a.", 900) + "a = 1\n");
}

TEST(HostileFiles, ManyMistakesAreAllTold) {
  std::string toml = "[listen]\n";
  for (int i = 0; i < 1000; ++i) toml += "key" + std::to_string(i) + " = 1\n";
  EXPECT_EQ(load_text(toml).problems.size(), 1000u);
}

}  // namespace
}  // namespace shep::config
