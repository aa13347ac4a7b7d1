#include "pipeline/metrics.hpp"

#include <gtest/gtest.h>

namespace shep::pipeline {
namespace {

std::string written(const metrics& m) {
  std::string text;
  m.write(text);
  return text;
}

TEST(Metrics, CountsByServiceAndOutcome) {
  metrics m;
  m.know({"A"});
  m.exchange("A", outcome::answered, std::chrono::microseconds(700));
  m.exchange("A", outcome::fault, std::chrono::seconds(100));
  const std::string text = written(m);
  EXPECT_NE(text.find("service=\"A\",outcome=\"answered\"} 1\n"), std::string::npos);
  EXPECT_NE(text.find("service=\"A\",outcome=\"fault\"} 1\n"), std::string::npos);
  EXPECT_NE(text.find("service=\"A\",le=\"0.0005\"} 0\n"), std::string::npos);
  EXPECT_NE(text.find("service=\"A\",le=\"0.001\"} 1\n"), std::string::npos);
  EXPECT_NE(text.find("service=\"A\",le=\"+Inf\"} 2\n"), std::string::npos);
  EXPECT_EQ(m.total(outcome::answered), 1U);
}

TEST(Metrics, AnUnknownServiceGoesToOtherSoThatStrangersCannotGrowTheTable) {
  metrics m;
  for (int i = 0; i < 1000; ++i) m.exchange("X" + std::to_string(i), outcome::fault, std::chrono::microseconds(1));
  const std::string text = written(m);
  EXPECT_NE(text.find("service=\"other\",outcome=\"fault\"} 1000\n"), std::string::npos);
  EXPECT_EQ(text.find("X1"), std::string::npos);
}

TEST(Metrics, KeepsItsCountsWhenMoreServicesBecomeKnown) {
  metrics m;
  m.know({"A"});
  m.exchange("A", outcome::answered, std::chrono::microseconds(1));
  m.know({"A", "B"});
  m.exchange("A", outcome::answered, std::chrono::microseconds(1));
  EXPECT_EQ(m.total(outcome::answered), 2U);
}

}  // namespace
}  // namespace shep::pipeline
