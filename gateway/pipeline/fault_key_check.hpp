#pragma once

#include "mocks/engine/mapping.hpp"
#include "pipeline/snapshot.hpp"

namespace shep::pipeline {

/// A fault that signs with a key which is not there would show at the first request only: known before, it can be refused. Nothing is
/// signed, rightly or wrongly, where the gateway has no key. Error: problems::fault_key.
result<void> check_fault_key(const snapshot&, faults::kind);

/// The same for the fault that a mapping asks for; the problem names the mapping and its place in it.
result<void> check_fault_key(const snapshot&, const mocks::mapping&);

}  // namespace shep::pipeline
