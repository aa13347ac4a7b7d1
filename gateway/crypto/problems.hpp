#pragma once

#include "core/problem.hpp"

namespace shep::problems {
inline constexpr problem_code crypto_key{"crypto.key", "the key cannot be used", exposure::code_only};
inline constexpr problem_code crypto_signature{"crypto.signature", "the signature value does not match the key and data",
                                               exposure::code_only};
inline constexpr problem_code certificate_format{"crypto.certificate_format", "the certificate cannot be read", exposure::code_only};
inline constexpr problem_code certificate_expired{"crypto.certificate_expired", "the certificate has expired", exposure::code_only};
inline constexpr problem_code certificate_not_yet_valid{"crypto.certificate_not_yet_valid", "the certificate is not yet valid",
                                                        exposure::code_only};
inline constexpr problem_code certificate_no_chain{"crypto.certificate_no_chain", "no chain leads from the certificate to a trusted anchor",
                                                   exposure::code_only};
inline constexpr problem_code certificate_usage{"crypto.certificate_usage", "the certificate is not made for this use",
                                                exposure::code_only};
inline constexpr problem_code certificate_unknown{"crypto.certificate_unknown", "no known certificate has this issuer and serial number",
                                                  exposure::code_only};
inline constexpr problem_code pkcs12_password{"crypto.pkcs12_password", "the PKCS#12 password is wrong", exposure::code_only};
inline constexpr problem_code pkcs12_format{"crypto.pkcs12_format", "the PKCS#12 file cannot be read", exposure::code_only};
}  // namespace shep::problems
