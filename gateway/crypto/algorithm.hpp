#pragma once

#include <optional>
#include <string_view>

namespace shep::crypto {

enum class digest_algorithm { sha1, sha256, sha384, sha512, gost34311, streebog256, streebog512 };

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

/// SHA-1 and the Kazakh algorithms of 2004: accepted only where a policy says so, and reported.
bool is_weak(signature_algorithm);

}  // namespace shep::crypto
