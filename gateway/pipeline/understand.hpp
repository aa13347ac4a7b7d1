#pragma once

#include "pipeline/exchange.hpp"

namespace shep::pipeline {

/// A message as an adapter would see it, without an exchange: nobody is asked, no password is checked, nothing is recorded. The doors are
/// those of an exchange, so what is not rightly signed is not read; revocation is left out. `received`, `now` and `world` are set; fills up
/// to `business` as far as it gets. Errors: those of the stages.
result<void> understand(exchange&);

}  // namespace shep::pipeline
