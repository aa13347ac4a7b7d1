#pragma once

#include "core/problem.hpp"

/// Why a revocation status could not be decided. None of these may ever be read as "good" or as "revoked".
namespace shep::problems {
// Revocation lists.
inline constexpr problem_code crl_format{"revocation.crl_format", "the revocation list cannot be read", exposure::code_only};
inline constexpr problem_code crl_unsupported{"revocation.crl_unsupported",
                                              "the revocation list says something that is not understood here", exposure::code_only};
inline constexpr problem_code crl_issuer{"revocation.crl_issuer", "the revocation list belongs to another authority", exposure::code_only};
inline constexpr problem_code crl_signature{"revocation.crl_signature", "the revocation list is not signed by its authority",
                                            exposure::code_only};
inline constexpr problem_code crl_stale{"revocation.crl_stale", "the revocation list is out of date", exposure::code_only};
inline constexpr problem_code crl_not_yet_valid{"revocation.crl_not_yet_valid", "the revocation list comes from the future",
                                                exposure::code_only};
inline constexpr problem_code crl_scope{"revocation.crl_scope", "the revocation list does not speak about this certificate",
                                        exposure::code_only};
inline constexpr problem_code crl_missing{"revocation.crl_missing", "no revocation list of the certificate's issuer is at hand",
                                          exposure::code_only};
// OCSP.
inline constexpr problem_code ocsp_format{"revocation.ocsp_format", "the OCSP message cannot be read", exposure::code_only};
inline constexpr problem_code ocsp_refused{"revocation.ocsp_refused", "the OCSP responder refused the request", exposure::code_only};
inline constexpr problem_code ocsp_certificate{"revocation.ocsp_certificate", "the OCSP answer is about another certificate",
                                               exposure::code_only};
inline constexpr problem_code ocsp_signature{"revocation.ocsp_signature", "the signature of the OCSP answer does not hold",
                                             exposure::code_only};
inline constexpr problem_code ocsp_responder{"revocation.ocsp_responder", "the OCSP responder is not authorised by the issuer",
                                             exposure::code_only};
inline constexpr problem_code ocsp_stale{"revocation.ocsp_stale", "the OCSP answer is out of date", exposure::code_only};
inline constexpr problem_code ocsp_forgotten{"revocation.ocsp_forgotten", "the OCSP responder need not remember the certificate any more",
                                             exposure::code_only};
inline constexpr problem_code ocsp_not_yet_valid{"revocation.ocsp_not_yet_valid", "the OCSP answer comes from the future",
                                                 exposure::code_only};
inline constexpr problem_code ocsp_nonce{"revocation.ocsp_nonce", "the OCSP answer does not belong to this request", exposure::code_only};
// Both.
inline constexpr problem_code try_later{"revocation.try_later", "the revocation status cannot be decided now; try later",
                                        exposure::code_only};
inline constexpr problem_code revocation_unavailable{"revocation.unavailable", "the revocation status could not be obtained",
                                                     exposure::code_only};
inline constexpr problem_code revocation_url{"revocation.url", "the address of the revocation service may not be followed",
                                             exposure::code_only};
}  // namespace shep::problems
