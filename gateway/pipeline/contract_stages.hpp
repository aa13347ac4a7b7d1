#pragma once

#include "pipeline/exchange.hpp"
#include "protocol/response.hpp"

namespace shep::pipeline {

/// The business document of an answer, signed inside already, against the service's schema. Fills `exchange.answer_contract`.
/// Error, where the route enforces: answer_contract.
result<void> check_answer_contract(exchange&, const protocol::response_data&);

/// Does the route ask whether answers follow a schema that is known?
bool asks_about_answers(const exchange&);

/// The same for a whole message that was not written here. Business data that cannot be read are unchecked, which `enforce` refuses; an
/// answer without data is not looked at.
result<void> check_passed_on_contract(exchange&, const xml::document& message);

}  // namespace shep::pipeline
