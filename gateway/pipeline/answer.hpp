#pragma once

#include "core/ids.hpp"
#include "pipeline/exchange.hpp"

namespace shep::pipeline {

/// The adapter's reply as a SOAP message: business document signed inside where asked, wrapped, and signed outside when the request was
/// (or the reply says so). The response answers the request: correlationId is its messageId, sessionId is echoed or made.
/// A reply that is a fault ends as problem problems::reply_is_fault with `exchange.fault` filled.
result<shared_bytes> render_answer(exchange&, ids&);

/// The fault a failed exchange answers with; fills `exchange.fault`, `answer` and `http_status`.
void render_failure(exchange&, const problem&, ids&);

}  // namespace shep::pipeline

namespace shep::problems {
inline constexpr problem_code reply_is_fault{"gateway.reply_is_fault", "the recipient answered with a fault"};
}  // namespace shep::problems
