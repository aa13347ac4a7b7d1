#pragma once

#include "journal/journal.hpp"
#include "pipeline/exchange.hpp"
#include "pipeline/metrics.hpp"

#include <boost/asio/awaitable.hpp>

namespace shep::pipeline {

/// How the exchange ended: a fault of the catalogue that is no SOAP counts as http_error.
outcome outcome_of(const exchange&);

journal::arrival arrival_of(const exchange&);

/// What was decided and answered. The trace (JSON) holds the departures from the schema always, and the full verification reports when
/// the exchange failed or somebody was asked about revocation: others can be computed again from the recorded octets.
journal::completion completion_of(const exchange&, time_point completed_at);

/// Waits until the journal has the completion (durable mode: on the disk) without holding the thread.
boost::asio::awaitable<result<void>> record_completion(journal::journal&, journal::completion);

}  // namespace shep::pipeline
