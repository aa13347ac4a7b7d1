#pragma once

#include "cms/time_stamp.hpp"
#include "crypto/pkcs12.hpp"

/// The other side of RFC 3161, for a test authority: tokens and answers, good ones and bad ones.
namespace shep::cms {

/// How a token shall be wrong. Each leaves the rest as it should be.
enum class token_fault {
  none,
  wrong_imprint,    ///< over other octets
  wrong_nonce,      ///< another number than was asked for, or one that was not
  wrong_policy,     ///< a policy nobody lists
  wrong_signature,  ///< one bit of the signature value turned
  wrong_signer      ///< signed by the key of `other_key`, naming the authority's certificate
};

struct token_settings {
  std::string policy{tsa_policy_gost2015};  ///< used when the request names none
  time_point gen_time{};
  std::string serial;  ///< unsigned big-endian, 1 to 20 octets
  std::optional<std::chrono::microseconds> accuracy;
  token_fault fault = token_fault::none;
  std::optional<crypto::private_key> other_key;  ///< for wrong_signer
};

/// A token for the request, signed by the authority's key with the scheme of its kind. Errors: usage, and those of signing.
result<std::string> write_token(const time_stamp_request&, const crypto::identity& authority, const token_settings&);

/// TimeStampResp around a token.
std::string write_granted(std::string_view token);

/// PKIFailureInfo, RFC 3161 section 2.4.2; the numbers are the bits.
enum class time_stamp_failure {
  bad_algorithm = 0,
  bad_request = 2,
  bad_data_format = 5,
  time_not_available = 14,
  unaccepted_policy = 15,
  unaccepted_extension = 16,
  additional_information_not_available = 17,
  system_failure = 25
};

/// What a responder answers to a request that `read_request` refused.
time_stamp_failure failure_for(const problem&);

/// TimeStampResp with status rejection, or waiting when `failure` is empty.
std::string write_rejection(std::optional<time_stamp_failure> failure, std::string_view text);

}  // namespace shep::cms
