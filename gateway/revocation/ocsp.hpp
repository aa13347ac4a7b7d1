#pragma once

#include "crypto/certificate.hpp"
#include "crypto/digest.hpp"
#include "revocation/crl_set.hpp"

#include <chrono>

/// The Online Certificate Status Protocol as octets (RFC 6960, RFC 8954). No sockets.
namespace shep::revocation::ocsp {

inline constexpr std::size_t largest_message = 64 * 1024;
inline constexpr std::string_view request_type = "application/ocsp-request";
inline constexpr std::string_view response_type = "application/ocsp-response";

/// CertID: which certificate is meant.
struct certificate_id {
  crypto::digest_algorithm digest = crypto::digest_algorithm::sha256;
  std::string name_hash;  ///< of the issuer's Name as the certificate writes it
  std::string key_hash;   ///< of the content of the issuer's key BIT STRING
  std::string serial;     ///< big-endian, without leading zeros

  friend bool operator==(const certificate_id&, const certificate_id&) = default;
};
certificate_id id_of(const crypto::certificate&, const crypto::certificate& issuer, crypto::digest_algorithm);

/// DER of a request for one certificate; NCANode asks with SHA-256, older responders know SHA-1 only. `nonce`: 1 to 32 octets, or none.
std::string make_request(const crypto::certificate&, const crypto::certificate& issuer,
                         crypto::digest_algorithm = crypto::digest_algorithm::sha256, std::string_view nonce = {});

/// What a responder needs of a request. The optional signature of a request is not looked at.
struct request {
  std::vector<certificate_id> ids;  ///< 1 to 16
  std::string nonce;                ///< empty when none was sent; up to 128 octets
};
/// Error: ocsp_format, also: more than 64 KiB, a hash algorithm that is not known, unknown critical extensions.
result<request> read_request(std::string_view der);

/// OCSPResponseStatus; the numbers are those of the standard (4 is not used there).
enum class response_status : unsigned { successful, malformed_request, internal_error, try_later, sig_required = 5, unauthorized };
std::string_view name_of(response_status);  ///< "tryLater"

struct response_rules {
  bool nonce_required = false;                          ///< an answer without our nonce is ocsp_nonce; otherwise only noted in the finding
  std::chrono::seconds max_age{std::chrono::hours(1)};  ///< of thisUpdate, for answers without nextUpdate or without our nonce
  std::chrono::seconds skew{300};                       ///< times may be this far ahead of our clock
  std::chrono::seconds grace{0};                        ///< how long after nextUpdate an answer still counts
  bool allow_sha1 = false;                              ///< answers and responder certificates signed with RSA-SHA1
  std::vector<crypto::certificate> responders{};  ///< trusted by configuration to answer for any issuer (RFC 6960 section 4.2.2.2, rule 1)
  crl_set lists{};                                ///< lists at hand, by which the certificates of responders are looked up
};

/// Judges an answer about one certificate: format, status, who signed and whether he may, signature, certificate, nonce, freshness, and
/// whether it still remembers a certificate that has ended, in this order. `nonce`: what was sent, or nothing. `at`: now. `source` is put
/// into the finding. Errors: ocsp_format, try_later, ocsp_refused, ocsp_responder, ocsp_signature, ocsp_certificate, ocsp_nonce,
/// ocsp_stale, ocsp_not_yet_valid, ocsp_forgotten. A responder's own certificate is looked up in `rules.lists` unless it says
/// id-pkix-ocsp-nocheck: a revoked one is refused (ocsp_responder), one that no list speaks about is accepted and noted in the finding.
result<finding> read_response(std::string_view der, const crypto::certificate&, const crypto::certificate& issuer, std::string_view nonce,
                              time_point at, const response_rules& = {}, std::string source = {});

}  // namespace shep::revocation::ocsp
