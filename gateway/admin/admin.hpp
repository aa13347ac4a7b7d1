#pragma once

#include "core/ids.hpp"
#include "faults/rules.hpp"
#include "http/handler.hpp"
#include "http/server.hpp"
#include "journal/journal.hpp"
#include "mocks/engine/engine.hpp"
#include "pipeline/gateway.hpp"
#include "pipeline/metrics.hpp"
#include "test_pki/responders.hpp"

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace shep::admin {

/// What the admin API may see and do. References and what functions capture outlive the handler; functions may be called from any thread.
struct parts {
  pipeline::gateway& gateway;
  journal::journal& journal;
  const pipeline::metrics& metrics;
  const shep::clock& messages;                                  ///< the time that messages see
  std::function<std::shared_ptr<const mocks::engine>()> mocks;  ///< the engine now in force
  std::function<std::vector<problem>()> reload;  ///< all as the root has it, scenarios too; empty: done, else nothing changed
  std::function<http::server_counters()> connections;
  std::function<bool()> draining;
  std::string token;                                             ///< bearer token; empty: none is asked for (loopback only)
  std::vector<std::string> hosts;                                ///< names the Host header may carry beside loopback's (DNS rebinding, A02)
  std::function<std::shared_ptr<test_pki::responders>()> pki{};  ///< the test PKI's responders; empty, or yields null: there is none
  /// Another adapter for one service, from the next request on. Errors: unknown_service, usage.
  std::function<result<void>(const std::string& service, const std::string& mode)> switch_mode{};
  faults::rules* fault_rules = nullptr;     ///< orders for faults; null: none are taken
  ids* identifiers = nullptr;               ///< ids of added mappings
  std::mutex* changing_mappings = nullptr;  ///< held while mappings are changed
  /// Added mappings become files of the root. Errors: environment, mapping_file.
  std::function<result<std::vector<std::shared_ptr<const mocks::mapping>>>()> save_mappings{};
};

/// The handler of the admin port. The paths and shapes are WireMock's where WireMock has them (interfaces.md section 7).
http::handler make_handler(parts);

}  // namespace shep::admin
