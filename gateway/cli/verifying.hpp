#pragma once

#include "core/bytes.hpp"
#include "crypto/trust.hpp"
#include "eds/report.hpp"
#include "eds/verify.hpp"

namespace shep::cli {

/// A SOAP message (its transport signature, and the signature of its business data when there is one) or a document with an enveloped
/// signature: whatever the octets turn out to be. The verdict is that of the worst signature.
eds::report verify_anything(shared_bytes, const crypto::trust_store&, const eds::policy&, time_point at);

}  // namespace shep::cli
