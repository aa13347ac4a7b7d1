#pragma once

#include "http/message.hpp"
#include "pipeline/exchange.hpp"

namespace shep::pipeline {

/// The faults of HTTP and of the transport, done to a finished answer; keeps `exchange.answer` and `http_status` equal to what leaves
/// (status 0: nothing that is HTTP).
void spoil_delivery(exchange&, http::response&);

}  // namespace shep::pipeline
