#pragma once

#include "core/clock.hpp"
#include "core/ids.hpp"
#include "faults/rules.hpp"
#include "http/handler.hpp"
#include "journal/journal.hpp"
#include "pipeline/metrics.hpp"
#include "pipeline/snapshot.hpp"

#include <atomic>
#include <memory>

namespace shep::pipeline {

/// The SHEP port: HTTP in, HTTP out, one exchange each. Safe from any thread; what it refers to outlives it.
class gateway {
 public:
  struct parts {
    const shep::clock& messages;  ///< the time messages see
    ids& identifiers;
    journal::journal& journal;
    pipeline::metrics& metrics;
    faults::rules* fault_rules = nullptr;  ///< orders of the admin API; null: there are none
  };
  gateway(parts, std::shared_ptr<const snapshot>);

  /// Requests that begin after this see the new world; those under way keep theirs.
  void replace(std::shared_ptr<const snapshot>);
  std::shared_ptr<const snapshot> current() const { return world_.load(); }

  /// Answers whatever the framing gate let through; never throws for what a client sends.
  boost::asio::awaitable<http::response> serve(http::request);

  /// A request that never reached `serve`: a SOAP fault where that makes sense, and a journal entry.
  http::response refuse(const http::framing_problem&);

 private:
  boost::asio::awaitable<http::response> exchange_message(const http::request&);

  parts parts_;
  std::atomic<std::shared_ptr<const snapshot>> world_;
};

}  // namespace shep::pipeline
