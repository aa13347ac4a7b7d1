#pragma once

#include "pipeline/exchange.hpp"
#include "protocol/response.hpp"

namespace shep::pipeline {

/// The business document of an answer, signed inside already, against the service's schema. Fills `exchange.answer_contract`.
/// Error, where the route enforces: answer_contract.
result<void> check_answer_contract(exchange&, const protocol::response_data&);

}  // namespace shep::pipeline
