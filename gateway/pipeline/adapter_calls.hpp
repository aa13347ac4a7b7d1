#pragma once

#include "adapters/adapter.hpp"
#include "core/string_map.hpp"

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace shep::pipeline {

/// How one question to an adapter ended. `unusable` and `untrusted` are answers that were refused.
enum class adapter_outcome { answered, fault, no_match, timeout, unavailable, unusable, untrusted, error };
inline constexpr std::size_t adapter_outcomes = static_cast<std::size_t>(adapter_outcome::error) + 1;
std::string_view name_of(adapter_outcome);
adapter_outcome outcome_of(const result<adapters::reply>&);

/// Questions to adapters by service, by the mode the service was in (mock, forward, record …) and by how they ended. Counting takes no
/// lock; any thread.
class adapter_calls {
 public:
  /// Makes room for these services in these modes; what was counted stays. What nobody made room for is not counted.
  void know(const std::vector<std::string>& services, const std::vector<std::string>& modes);

  void called(std::string_view service, std::string_view mode, adapter_outcome);

  /// shepsim_adapter_calls_total, zeros left out.
  void write(std::string& out) const;

 private:
  using counters = std::array<std::atomic<std::uint64_t>, adapter_outcomes>;
  using modes_map = string_map<std::shared_ptr<counters>>;
  using services_map = string_map<modes_map>;

  std::atomic<std::shared_ptr<const services_map>> services_{std::make_shared<const services_map>()};
};

}  // namespace shep::pipeline
