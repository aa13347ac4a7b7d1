#include "pipeline/adapter_calls.hpp"

#include "pipeline/exposition.hpp"
#include "protocol/problems.hpp"

#include <map>

namespace shep::pipeline {
namespace {

constexpr std::array<std::string_view, adapter_outcomes> outcome_names = {"answered",    "fault",    "no_match",  "timeout",
                                                                          "unavailable", "unusable", "untrusted", "error"};

}  // namespace

std::string_view name_of(adapter_outcome o) { return outcome_names[static_cast<std::size_t>(o)]; }

adapter_outcome outcome_of(const result<adapters::reply>& said) {
  if (said) return said->fault ? adapter_outcome::fault : adapter_outcome::answered;
  const problem_code code = said.error().code;
  if (code == problems::no_match) return adapter_outcome::no_match;
  if (code == problems::recipient_timeout) return adapter_outcome::timeout;
  if (code == problems::recipient_unavailable) return adapter_outcome::unavailable;
  if (code == problems::recipient_answer) return adapter_outcome::unusable;
  return code == problems::recipient_untrusted ? adapter_outcome::untrusted : adapter_outcome::error;
}

void adapter_calls::know(const std::vector<std::string>& services, const std::vector<std::string>& modes) {
  auto grown = std::make_shared<services_map>(*services_.load());
  for (const std::string& service : services)
    for (const std::string& mode : modes) {
      auto& place = (*grown)[service][mode];
      if (!place) place = std::make_shared<counters>();
    }
  services_ = std::move(grown);
}

void adapter_calls::called(std::string_view service, std::string_view mode, adapter_outcome o) {
  const auto services = services_.load();
  const auto of_service = services->find(service);
  if (of_service == services->end()) return;
  if (const auto found = of_service->second.find(mode); found != of_service->second.end()) ++(*found->second)[static_cast<std::size_t>(o)];
}

void adapter_calls::write(std::string& out) const {
  using exposition::label;
  exposition::head(out, "shepsim_adapter_calls_total", "counter", "Questions to adapters by service, mode and how they ended.");
  const auto services = services_.load();
  std::map<std::string, std::uint64_t> samples;  // in an order that stays
  for (const auto& [service, modes] : *services)
    for (const auto& [mode, counts] : modes)
      for (std::size_t i = 0; i < counts->size(); ++i)
        if (const auto count = (*counts)[i].load(); count != 0)
          samples[label("adapter", service) + "," + label("mode", mode) + "," + label("outcome", outcome_names[i])] = count;
  for (const auto& [labels, count] : samples) exposition::line(out, "shepsim_adapter_calls_total", labels, std::to_string(count));
}

}  // namespace shep::pipeline
