#pragma once

#include "core/problem.hpp"

/// Why a signature was not believed. Codes only on the wire (security catalogue S46); details in the report and the journal.
namespace shep::problems {
inline constexpr problem_code signature_missing{"eds.signature_missing", "the message carries no signature where one is required",
                                                exposure::detail};
inline constexpr problem_code signature_format{"eds.signature_format", "the signature does not follow XML Signature and its profile",
                                               exposure::code_only};
inline constexpr problem_code signature_constraints{"eds.signature_constraints", "the signature uses what the policy does not allow",
                                                    exposure::code_only};
inline constexpr problem_code signed_data_not_found{"eds.signed_data_not_found",
                                                    "the signature does not cover the part that must be signed", exposure::code_only};
inline constexpr problem_code hash_failure{"eds.hash_failure", "the signed part was changed after signing", exposure::code_only};
inline constexpr problem_code signature_crypto_failure{"eds.signature_crypto_failure", "the signature value does not match",
                                                       exposure::code_only};
inline constexpr problem_code signing_certificate_missing{"eds.signing_certificate_missing", "the signing certificate is not available",
                                                          exposure::code_only};
inline constexpr problem_code signing_certificate_invalid{"eds.signing_certificate_invalid", "the signing certificate is not accepted",
                                                          exposure::code_only};
inline constexpr problem_code signing_certificate_usage{"eds.certificate_usage", "the signing certificate is not made for signing",
                                                        exposure::code_only};
inline constexpr problem_code signing_certificate_role{"eds.certificate_role", "the signer does not hold the required role",
                                                       exposure::code_only};
inline constexpr problem_code signing_certificate_policy{
    "eds.certificate_policy", "the signing certificate was not issued under a required policy", exposure::code_only};
inline constexpr problem_code signing_certificate_identity{"eds.certificate_identity",
                                                           "the signer is not the one whom the signed data name", exposure::code_only};
inline constexpr problem_code signing_certificate_revoked{"eds.certificate_revoked", "the signing certificate was revoked",
                                                          exposure::code_only};
inline constexpr problem_code revocation_undecided{
    "eds.revocation_undecided", "whether the signing certificate is still good could not be found out", exposure::code_only};
inline constexpr problem_code partial_coverage{"eds.partial_coverage", "the signatures cover a part of the document only",
                                               exposure::code_only};
inline constexpr problem_code signature_not_judged{"eds.signature_not_judged", "a signature of the document was not judged",
                                                   exposure::code_only};
inline constexpr problem_code signing_failed{"eds.signing_failed", "the answer could not be signed", exposure::code_only};
}  // namespace shep::problems
