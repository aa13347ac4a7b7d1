#include "pipeline/metrics.hpp"

#include "protocol/problems.hpp"

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
  m.know({"A"}, {});
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
  m.know({"A"}, {});
  m.exchange("A", outcome::answered, std::chrono::microseconds(1));
  m.know({"A", "B"}, {});
  m.exchange("A", outcome::answered, std::chrono::microseconds(1));
  EXPECT_EQ(m.total(outcome::answered), 2U);
}

TEST(Metrics, CountsQuestionsToAdaptersByServiceModeAndEnd) {
  metrics m;
  m.know({"A", "quoted \"B\""}, {"forward", "mock"});
  m.called("A", "forward", adapter_outcome::timeout);
  m.know({"A", "C"}, {"forward", "mock"});
  m.called("A", "forward", adapter_outcome::timeout);
  m.called("quoted \"B\"", "mock", adapter_outcome::answered);
  m.called("stranger", "mock", adapter_outcome::answered);
  const std::string text = written(m);
  EXPECT_NE(text.find("shepsim_adapter_calls_total{adapter=\"A\",mode=\"forward\",outcome=\"timeout\"} 2\n"), std::string::npos) << text;
  EXPECT_NE(text.find("{adapter=\"quoted \\\"B\\\"\",mode=\"mock\",outcome=\"answered\"} 1\n"), std::string::npos) << text;
  EXPECT_EQ(text.find("stranger"), std::string::npos);
}

TEST(Metrics, TellsHowAQuestionToAnAdapterEnded) {
  EXPECT_EQ(outcome_of(adapters::reply()), adapter_outcome::answered);
  adapters::reply refused;
  refused.fault.emplace();
  EXPECT_EQ(outcome_of(refused), adapter_outcome::fault);
  const std::pair<problem_code, adapter_outcome> ends[] = {{problems::no_match, adapter_outcome::no_match},
                                                           {problems::recipient_timeout, adapter_outcome::timeout},
                                                           {problems::recipient_unavailable, adapter_outcome::unavailable},
                                                           {problems::recipient_answer, adapter_outcome::unusable},
                                                           {problems::recipient_untrusted, adapter_outcome::untrusted},
                                                           {problems::internal, adapter_outcome::error}};
  for (const auto& [code, end] : ends) EXPECT_EQ(outcome_of(problem(code, "why")), end) << code.name;
}

}  // namespace
}  // namespace shep::pipeline
