#pragma once

#include "crypto/trust.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Time-Stamp Protocol (RFC 3161): requests, and what answers and tokens prove. Pure functions; any thread. Imprints and tokens are octets.
namespace shep::cms {

struct time_stamp_request {
  crypto::digest_algorithm digest = crypto::digest_algorithm::sha256;
  std::string imprint;  ///< the digest itself
  std::string policy;   ///< dotted; empty: any
  std::string nonce;    ///< unsigned big-endian, up to 32 octets; empty: none
  bool certificates = true;
};

std::string write_request(const time_stamp_request&);
/// Errors, for `failure_for`: time_stamp_format (also an imprint of another length than its digest's), time_stamp_algorithm,
/// time_stamp_extension.
result<time_stamp_request> read_request(std::string_view der);

/// Policies of the NCA's authority (kz-eds.md section 5), always accepted: GOST of 2004, GOST of 2015.
inline constexpr std::string_view tsa_policy_gost2004 = "1.2.398.3.3.2.6.1";
inline constexpr std::string_view tsa_policy_gost2015 = "1.2.398.3.3.2.6.4";

struct time_stamp_rules {
  std::vector<std::string> policies;     ///< accepted beside the NCA's two
  std::chrono::seconds clock_skew{300};  ///< how far a token may lie in the future of `at`
  bool allow_gost2015_256 = false;
};

/// What a token says, after it was proven.
struct time_stamp {
  time_point gen_time{};
  std::optional<std::chrono::microseconds> accuracy;
  std::string serial_hex;
  std::string policy;
  std::string tsa;  ///< subject of the authority's certificate, RFC 4514
  crypto::digest_algorithm digest = crypto::digest_algorithm::sha256;
  std::string imprint;
  std::string nonce;                       ///< as in the request; empty: none
  std::vector<crypto::certificate> chain;  ///< the authority's, leaf first: for those who ask about revocation
  std::vector<std::string> weaknesses;     ///< sentences: SHA-1 imprint, GOST of 2004
};

/// A TimeStampToken over `stamped`, the octets whose digest it must carry. Believed when: SignedData with exactly one signer over a
/// TSTInfo; signed attributes hold; the ESS attribute names the certificate; the authority's certificate has the critical extended key
/// usage timeStamping and no other, and a chain to an anchor at genTime; the policy is listed; genTime is not in the future of `at`.
/// Certificates: in the token, else the trust store's known ones.
/// Errors: time_stamp_format, time_stamp_invalid with the first reason as detail.
result<time_stamp> verify_token(std::string_view token, std::string_view stamped, const crypto::trust_store&, const time_stamp_rules&,
                                time_point at);

/// The same for those who hold the digest only.
result<time_stamp> verify_token_imprint(std::string_view token, crypto::digest_algorithm, std::string_view imprint,
                                        const crypto::trust_store&, const time_stamp_rules&, time_point at);

/// What a token says without any proof, for show: chain and tsa stay empty. Error time_stamp_format.
result<time_stamp> read_token(std::string_view token);

/// A TimeStampResp: the token when it was granted. Errors: time_stamp_format; time_stamp_refused with status, failure and text in words.
result<std::string> read_response(std::string_view der);

/// read_response, and that the token answers the request: imprint, nonce and policy. The token is
/// verified as by verify_token, with the request's imprint in place of octets. Returns the token.
struct granted {
  std::string token;
  time_stamp says;
};
result<granted> verify_response(std::string_view der, const time_stamp_request&, const crypto::trust_store&, const time_stamp_rules&,
                                time_point at);

}  // namespace shep::cms
