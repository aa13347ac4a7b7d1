#pragma once

#include "core/ids.hpp"
#include "pipeline/exchange.hpp"

namespace shep::pipeline {

/// An answer that goes on as its recipient wrote it (`reply.octets`): held against the service's schema where the route asks, and spoilt
/// where that can be done to a message of somebody else. A fault that finds nothing to spoil leaves the octets as they are and says so in
/// `exchange.injected`. Errors: answer_contract; fault_key; fault_passed_on for a fault that would need the answer to be written anew,
/// since an answer that is silently right would let a client pass a test that never took place.
result<shared_bytes> pass_on(exchange&, ids&);

}  // namespace shep::pipeline
