#pragma once

#include "adapters/adapter.hpp"
#include "adapters/forwarding/grounds.hpp"

namespace shep::forwarding {

/// What came of asking the real endpoint: the reply for the client, and the message it was made of.
struct forwarded {
  adapters::reply reply;
  shared_bytes received;
  unsigned http_status = 0;
};

/// Asks the endpoint of the call's route and judges its answer. Ends by the call's deadline. Errors: recipient_timeout,
/// recipient_unavailable (no target, loop, breaker, bulkhead, network), recipient_answer, recipient_untrusted.
boost::asio::awaitable<result<forwarded>> forward(const adapters::call&, const grounds&);

}  // namespace shep::forwarding
