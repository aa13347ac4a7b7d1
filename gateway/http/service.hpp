#pragma once

#include "http/server.hpp"

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>

namespace shep::http {

/// Counters shared by all connections of a server.
struct live_counters {
  std::atomic<std::uint64_t> connections_open{0};
  std::atomic<std::uint64_t> connections_total{0};
  std::atomic<std::uint64_t> connections_refused{0};
  std::atomic<std::uint64_t> accept_failures{0};
  std::atomic<std::uint64_t> requests_total{0};
  std::atomic<std::uint64_t> requests_in_flight{0};
  std::array<std::atomic<std::uint64_t>, refusal_kinds.size()> refusals{};
};

/// What all connections of one listener share. Immutable but for the atomics; kept alive by whoever uses it.
struct service {
  listener_options options;
  std::shared_ptr<const shep::clock> clock;
  std::shared_ptr<live_counters> counters;
  std::shared_ptr<std::atomic<bool>> draining;
  std::atomic<std::size_t> in_flight{0};

  bool over_capacity() const {
    const auto limit = options.max_in_flight;
    return (limit > 0 && in_flight.load(std::memory_order_relaxed) >= limit) || (options.overloaded && options.overloaded());
  }
};

}  // namespace shep::http
