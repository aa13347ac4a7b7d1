#pragma once

#include "core/bytes.hpp"
#include "crypto/asn1.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace shep::cms {

/// Object identifiers of CMS, ESS and time stamps, dotted.
namespace oid {
inline constexpr std::string_view data = "1.2.840.113549.1.7.1", signed_data = "1.2.840.113549.1.7.2",
                                  content_type = "1.2.840.113549.1.9.3", message_digest = "1.2.840.113549.1.9.4",
                                  signing_time = "1.2.840.113549.1.9.5", counter_signature = "1.2.840.113549.1.9.6",
                                  tst_info = "1.2.840.113549.1.9.16.1.4", signing_certificate = "1.2.840.113549.1.9.16.2.12",
                                  signature_time_stamp = "1.2.840.113549.1.9.16.2.14",
                                  signing_certificate_v2 = "1.2.840.113549.1.9.16.2.47";
}  // namespace oid

/// RFC 5652 section 5.3. The views look into the SignedData they come from.
struct attribute {
  std::string oid;
  std::vector<crypto::asn1::element> values;
  std::string_view whole;
};

struct signer_info {
  unsigned version = 1;
  std::string_view issuer_der;  ///< issuerAndSerialNumber; empty when the signer is named by `key_id`
  std::string_view serial;      ///< INTEGER content as it stands
  std::string_view key_id;      ///< subjectKeyIdentifier
  std::string digest_oid;
  std::string signature_oid;
  bool has_signed_attributes = false;
  std::string signed_octets;  ///< with signed attributes: the octets the signature covers, [0] re-tagged to SET (section 5.4)
  std::vector<attribute> signed_attributes, unsigned_attributes;
  std::string_view signature;
  std::string_view whole;
  std::string_view signed_whole;    ///< the [0] element as it stands; empty when there is none
  std::string_view unsigned_whole;  ///< the [1] element; empty when there is none

  std::string serial_hex() const;  ///< lower case, no leading zeros
};

/// ContentInfo with SignedData (RFC 5652 sections 3 and 5), read strictly. BER is tolerated in the shell, as real producers write it;
/// signed attributes and certificates have to be DER as received, since their octets are hashed. Immutable; copies share; any thread.
class signed_data {
 public:
  /// DER, BER, base64 or PEM; at most 64 MiB, 32 signers, 64 certificates of 16 KiB, 64 attributes each. Error cms_format.
  static result<signed_data> read(std::string_view input);

  const std::string& der() const;
  unsigned version() const;
  const std::string& content_type() const;
  std::optional<std::string_view> content() const;            ///< empty: detached
  const std::vector<std::string_view>& certificates() const;  ///< whole DER, in the order of the set
  const std::vector<signer_info>& signers() const;

  /// Slices for those who put a SignedData together again: the whole elements, empty when absent.
  std::string_view digest_algorithms() const;
  std::string_view encapsulated() const;
  std::string_view certificate_set() const;
  std::string_view revocation_set() const;

 private:
  struct data;
  explicit signed_data(std::shared_ptr<const data>);
  std::shared_ptr<const data> data_;
};

/// The content of an attached SignedData. Nothing is verified. Errors cms_format; cms_content when it is detached.
result<std::string> extract(std::string_view input);

}  // namespace shep::cms
