#pragma once

#include "core/ids.hpp"
#include "pipeline/exchange.hpp"

namespace shep::pipeline {

/// The fault that the sender's header or an order of the admin API asks for, after the sender was admitted; fills `exchange.injected`.
/// Error: message_format for a header of a test sender that cannot be understood.
result<void> choose_fault(exchange&, ids&);

/// Does the fault stand in the place of an answer, so that nobody has to be asked for one?
bool stands_alone(const exchange&);

}  // namespace shep::pipeline
