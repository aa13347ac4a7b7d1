#pragma once

#include "crypto/pkcs12.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace shep::cms {

struct signing {
  bool detached = false;
  std::optional<time_point> signing_time;  ///< attribute signingTime, whole seconds
  bool signing_certificate = true;         ///< attribute signingCertificateV2 with SHA-256 and the issuer and serial number
  bool key_identifier = false;             ///< name the signer by subjectKeyIdentifier instead of issuer and serial number
  bool key_oid_as_algorithm = false;       ///< the old native library's form: the key's OID as signatureAlgorithm (kz-eds.md section 0)
  std::vector<crypto::certificate> certificates;  ///< put into the set beside the signers' own
};

/// SignedData over `content` in DER, one SignerInfo for each identity, RSA and GOST mixed as they come: digest and scheme follow the key
/// (RSA with SHA-256). Signed attributes in DER order. Errors: usage (nobody signs, more than 32), eds signing_failed.
result<std::string> sign(std::string_view content, const std::vector<crypto::identity>&, const signing&);

/// Adds a signer at the end. SignerInfos, certificates and content that are there keep their octets; BER in the shell becomes DER.
/// `detached`: the content, needed when `cms` carries none (`signing.detached` is not read). The content is not compared with the earlier
/// signatures. Input as for `signed_data::read`, output DER. Errors: cms_format, cms_content, those of `sign`.
result<std::string> add_signer(std::string_view cms, std::optional<std::string_view> detached, const crypto::identity&, const signing&);

/// Puts a time-stamp token into the unsigned attributes of the signer, counted from 0; an earlier one is replaced. The token is read, not
/// verified. What it has to stamp is `signed_data::signers()[i].signature`. Errors: usage (no such signer), cms_format, time_stamp_format.
result<std::string> attach_time_stamp(std::string_view cms, std::size_t signer, std::string_view token);

/// "-----BEGIN CMS-----", RFC 7468 section 9.
std::string to_pem(std::string_view der);

}  // namespace shep::cms
