#pragma once

#include "core/ids.hpp"
#include "pipeline/exchange.hpp"

#include <boost/asio/awaitable.hpp>

namespace shep::pipeline {

/// One synchronous exchange through its fixed stages; fills the exchange as far as it gets. Returns the octets of the answer, or the
/// problem that ended it (with `exchange.layer` set). Never throws for what a message says.
boost::asio::awaitable<result<shared_bytes>> process(exchange&, ids&);

}  // namespace shep::pipeline
