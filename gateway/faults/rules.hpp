#pragma once

#include "core/ids.hpp"
#include "faults/injection.hpp"

#include <atomic>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace shep::faults {

/// An order of the admin API: spoil the answers of one service.
struct rule {
  std::string service_id;  ///< "*": every service without a rule of its own
  injection what;
  std::optional<std::uint64_t> left;  ///< injections still to be done; empty: no end
  double probability = 1;             ///< 0 to 1, of each exchange
  std::uint64_t injected = 0;         ///< done so far
};

/// The orders in force. Any thread; an exchange pays one atomic read while there are none.
class rules {
 public:
  static constexpr std::size_t most = 4096;

  bool set(rule);  ///< replaces the service's; false when there are `most` already
  std::optional<rule> find(std::string_view service_id) const;
  std::vector<rule> all() const;
  bool remove(std::string_view service_id);
  void clear();

  /// What this exchange gets, counted. `fresh` draws where there is a probability. A rule that is used up stays, with `left` 0.
  std::optional<injection> take(std::string_view service_id, ids& fresh);

 private:
  mutable std::mutex guard_;
  std::map<std::string, rule, std::less<>> by_service_;
  std::atomic<bool> any_{false};
};

}  // namespace shep::faults
