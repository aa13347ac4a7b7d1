#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace shep::crypto {

/// `gost34311_cryptopro` is GOST 34.311-95 with another S-box than Kazakh objects carry: for finding that mistake, never for judging. It
/// has no identifier here.
enum class digest_algorithm { sha1, sha256, sha384, sha512, gost34311, streebog256, streebog512, gost34311_cryptopro };

enum class key_kind { rsa, gost2004, gost2015_256, gost2015_512, other };

/// A signature scheme: key kind and digest together.
enum class signature_algorithm { rsa_sha1, rsa_sha256, rsa_sha512, gost2004, gost2015_256, gost2015_512 };

key_kind key_of(signature_algorithm);
digest_algorithm digest_of(signature_algorithm);
std::string_view name_of(digest_algorithm);
std::string_view name_of(key_kind);
std::string_view name_of(signature_algorithm);

/// Object identifiers of AlgorithmIdentifiers, dotted (kz-eds.md section 0). The id of rsa_sha256 is sha256WithRSAEncryption, and so on.
std::string_view oid_of(digest_algorithm);
std::string_view oid_of(signature_algorithm);
std::optional<digest_algorithm> digest_by_oid(std::string_view dotted);
std::optional<signature_algorithm> signature_by_oid(std::string_view dotted);

/// The algorithm of a SubjectPublicKeyInfo. `other` when it is unknown; empty for `other`.
key_kind key_by_oid(std::string_view dotted);
std::string_view key_oid_of(key_kind);

/// What an object signed under a key of this kind means by an identifier. Beside `signature_by_oid`, which it asks first, it takes the
/// Kazakh key identifiers in the place of the signature's (old CMS, kz-eds.md section 5); rsaEncryption, which says no digest, is not
/// taken. Empty: unknown, or of another kind of key.
std::optional<signature_algorithm> signature_for(std::string_view dotted, key_kind);

/// What a key of this kind signs with unless told otherwise: RSA with SHA-256, and the one scheme of each GOST kind. Empty for `other`.
std::optional<signature_algorithm> usual_signature(key_kind);

/// The DER of the AlgorithmIdentifier, with NULL as its parameters (kz-eds.md section 0). Throws std::logic_error for a digest without an
/// identifier.
std::string algorithm_identifier(digest_algorithm);
std::string algorithm_identifier(signature_algorithm);

/// SHA-1 and the Kazakh algorithms of 2004: accepted only where a policy says so, and reported.
bool is_weak(signature_algorithm);

}  // namespace shep::crypto
