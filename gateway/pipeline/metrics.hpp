#pragma once

#include "core/string_map.hpp"
#include "eds/report.hpp"
#include "faults/catalogue.hpp"
#include "pipeline/adapter_calls.hpp"

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace shep::pipeline {

enum class outcome { answered, fault, http_error };
std::string_view name_of(outcome);

/// Counters of the gateway in Prometheus' vocabulary. Counting takes no lock; any thread.
class metrics {
 public:
  metrics();

  /// Makes room for these services and the modes of adapters; what is counted for other services goes to "other". Called with each new
  /// snapshot, never while counting cares.
  void know(const std::vector<std::string>& services, const std::vector<std::string>& modes);

  void exchange(std::string_view service, outcome, std::chrono::microseconds duration);
  void verification(std::string_view layer, eds::sub_indication);
  void unmatched() { ++unmatched_; }
  void called(std::string_view service, std::string_view mode, adapter_outcome o) { calls_.called(service, mode, o); }
  void recording_lost() { ++recordings_lost_; }
  void reloaded(bool taken) { ++reloads_[taken ? 1 : 0]; }
  void injected(faults::kind k) { ++injected_[static_cast<std::size_t>(k)]; }

  std::uint64_t total(outcome) const;

  /// Text exposition format, version 0.0.4, base units, `_total` on counters only.
  void write(std::string& out) const;

 private:
  static constexpr std::array<double, 14> bounds = {0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 60};
  struct service_counters {
    std::array<std::atomic<std::uint64_t>, 3> outcomes{};
    std::array<std::atomic<std::uint64_t>, bounds.size() + 1> buckets{};
    std::atomic<std::uint64_t> microseconds{0};
  };
  using services_map = string_map<std::shared_ptr<service_counters>>;

  std::atomic<std::shared_ptr<const services_map>> services_;
  static constexpr std::size_t sub_indications = static_cast<std::size_t>(eds::last_sub_indication) + 1;
  std::array<std::array<std::atomic<std::uint64_t>, sub_indications>, 2> verdicts_{};  ///< transport, business
  adapter_calls calls_;
  std::atomic<std::uint64_t> unmatched_{0}, recordings_lost_{0};
  std::array<std::atomic<std::uint64_t>, 2> reloads_{};  ///< refused, taken
  std::array<std::atomic<std::uint64_t>, faults::kinds> injected_{};
};

}  // namespace shep::pipeline
