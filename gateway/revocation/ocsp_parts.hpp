#pragma once

#include "crypto/asn1.hpp"
#include "revocation/ocsp.hpp"

/// The structures of RFC 6960 taken apart, before anything is believed. Inside module revocation, and for the fuzz target.
namespace shep::revocation::ocsp {

namespace oids {
inline constexpr std::string_view basic = "1.3.6.1.5.5.7.48.1.1", nonce = "1.3.6.1.5.5.7.48.1.2", archive_cutoff = "1.3.6.1.5.5.7.48.1.6",
                                  signing = "1.3.6.1.5.5.7.3.9";
}

/// CertID as it came; `digest` is empty for an algorithm that is not known here.
struct any_id {
  std::optional<crypto::digest_algorithm> digest;
  std::string digest_oid;
  std::string name_hash, key_hash, serial;
};
any_id read_id(crypto::asn1::reader&);

/// AlgorithmIdentifier: its identifier; parameters other than NULL are refused.
std::string read_algorithm(crypto::asn1::reader&, std::string_view what);
std::string write_id(const certificate_id&);

/// The nonce of an extension's value: the OCTET STRING inside (RFC 8954), or the octets themselves as older programs write them.
std::string nonce_of(std::string_view extension_value);

struct single_response {
  any_id id;
  state what = state::unknown;
  std::optional<time_point> revoked_at;
  std::optional<reason> why;
  time_point this_update{};
  std::optional<time_point> next_update;
  std::optional<time_point> archive_cutoff;  ///< certificates that ended before are not remembered
};

/// BasicOCSPResponse; the views look into the octets that were read.
struct basic_response {
  std::string_view tbs;
  std::string_view responder_name;      ///< DER of a Name, or empty
  std::string_view responder_key_hash;  ///< SHA-1, or empty
  time_point produced_at{};
  std::vector<single_response> answers;  ///< 1 to 64
  std::optional<std::string> nonce;
  std::string algorithm_oid;
  std::string_view signature;
  std::vector<std::string_view> certificates;  ///< DER, at most 8
};

struct any_response {
  response_status status = response_status::successful;
  std::optional<basic_response> basic;  ///< present exactly when successful
};
/// Error: ocsp_format.
result<any_response> read_parts(std::string_view der);

}  // namespace shep::revocation::ocsp
