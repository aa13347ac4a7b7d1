#pragma once

#include "crypto/algorithm.hpp"
#include "crypto/certificate.hpp"
#include "crypto/key.hpp"

/// What lists and OCSP answers share: signatures over exact octets, and extensions. Inside module revocation.
namespace shep::revocation {

/// Does the signature hold under that key? Error: `code`, also for an algorithm that is not known, or SHA-1 when it is not allowed.
result<void> check_signature(const crypto::public_key&, std::string_view algorithm_oid, std::string_view octets, std::string_view signature,
                             bool allow_sha1, const problem_code& code);

/// What follows the signed octets in lists and answers.
struct signature_parts {
  std::string algorithm;  ///< AlgorithmIdentifier
  std::string value;      ///< BIT STRING
};
/// By the algorithm that is usual for the key. Error: crypto_key.
result<signature_parts> sign(std::string_view octets, const crypto::private_key&);

/// The content of subjectPublicKey, which key hashes are made of (RFC 6960 section 4.1.1).
std::string_view key_bits(const crypto::public_key&);

/// Equal by RFC 5280 section 7.1. Both are octets that were read as names before.
bool same_name(std::string_view a_der, std::string_view b_der);

/// Extension ::= SEQUENCE { extnID, critical, extnValue OCTET STRING }, when something is said.
std::string write_extension(std::string_view oid, bool critical, std::string_view value);

/// ENUMERATED with a value below 128.
std::string write_enumerated(unsigned value);

}  // namespace shep::revocation
