#pragma once

#include "core/result.hpp"
#include "eds/envelope.hpp"

namespace shep::protocol {

/// SOAP 1.1 sections 4.2.3 and 4.4.1: the version we speak, and no header block for us (actor absent or "next") that must be understood
/// and is not. Errors: version_mismatch, must_understand.
result<void> check_soap_headers(const eds::envelope&);

}  // namespace shep::protocol
