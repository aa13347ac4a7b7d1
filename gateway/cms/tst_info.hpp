#pragma once

#include "cms/time_stamp.hpp"
#include "crypto/asn1.hpp"

/// TSTInfo and the parts it shares with requests (RFC 3161 section 2.4). Inside module cms.
namespace shep::cms {

struct tst_info {
  time_stamp says;            ///< without chain, tsa and weaknesses
  std::string_view tsa_name;  ///< the directory name in `tsa`, whole DER; empty when absent or of another kind
  bool critical_extension = false;
};

/// Error time_stamp_format. The views look into `der`.
result<tst_info> read_tst_info(std::string_view der);

struct message_imprint {
  std::string digest_oid;
  std::optional<crypto::digest_algorithm> digest;  ///< empty: an unknown one
  std::string octets;
};
/// Fails when the length does not fit the digest.
message_imprint read_message_imprint(crypto::asn1::reader&);
std::string write_message_imprint(crypto::digest_algorithm, std::string_view imprint);

/// A non-negative INTEGER without leading zeros; at most 33 octets.
std::string read_natural(crypto::asn1::reader&, std::string_view what);

}  // namespace shep::cms
