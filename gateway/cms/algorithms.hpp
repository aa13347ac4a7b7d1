#pragma once

#include "core/result.hpp"
#include "crypto/algorithm.hpp"

#include <string>
#include <string_view>

/// Which algorithm identifiers of a SignerInfo are accepted (kz-eds.md section 0). Inside module cms.
namespace shep::cms {

/// The scheme that digestAlgorithm and signatureAlgorithm ask for under a key of this kind. Accepted as signatureAlgorithm: the scheme's
/// own identifier, rsaEncryption, and the identifiers of the Kazakh keys as the old native library writes them. Error
/// signature_constraints: outside the allow-list, two digests that differ, a key of another kind.
result<crypto::signature_algorithm> scheme_of(std::string_view digest_oid, std::string_view signature_oid, crypto::key_kind);

}  // namespace shep::cms
