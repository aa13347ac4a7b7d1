#pragma once

#include "core/clock.hpp"
#include "core/result.hpp"
#include "crypto/key.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace shep::crypto {

/// What a Kazakh certificate is for (kz-eds.md section 4).
enum class key_usage_role { unknown, sign, auth };

/// A decoded X.509 certificate (RFC 5280, NCA profile). Immutable; copies share; any thread.
class certificate {
 public:
  /// Strict DER of at most 16 KiB. Error problems::certificate_format. Refused too: two extensions of one kind, negative serial numbers and
  /// those of more than 20 octets, names that are not valid text, an IIN or BIN that is malformed or given twice (security catalogue C11,
  /// C12).
  static result<certificate> from_der(std::string_view der);
  /// The first CERTIFICATE block of a PEM text, or DER.
  static result<certificate> from_pem_or_der(std::string_view);

  struct fields {
    std::string subject;      ///< RFC 4514 text
    std::string issuer;       ///< RFC 4514 text
    std::string subject_der;  ///< exact octets of the Name
    std::string issuer_der;
    std::string serial_hex;  ///< lower case, no leading zeros
    std::string serial_decimal;
    std::string common_name, surname, given_name, organization, email, country;
    std::string iin, bin;  ///< from serialNumber "IIN…" and OU "BIN…" (or serialNumber "BIN…"); empty when absent
    time_point not_before{}, not_after{};
    bool digital_signature = false, non_repudiation = false, key_encipherment = false, key_agreement = false, cert_sign = false,
         crl_sign = false;
    bool has_key_usage = false;
    bool is_ca = false;
    int path_length = -1;                         ///< -1: unlimited
    std::vector<std::string> extended_key_usage;  ///< dotted OIDs
    bool critical_extended_key_usage = false;
    std::vector<std::string> policies;
    std::string subject_key_id, authority_key_id;  ///< raw octets; empty when absent
    /// Addresses as the certificate writes them (authorityInfoAccess, cRLDistributionPoints, freshestCRL), at most 8 of a kind, without
    /// white space. Text only: whoever follows one first asks his configuration (security catalogue C10).
    std::vector<std::string> ocsp_urls, ca_issuers_urls, crl_urls, delta_crl_urls;
    bool ocsp_no_check = false;  ///< id-pkix-ocsp-nocheck: the status of this OCSP responder need not be asked
    std::string signature_algorithm_oid;
    bool unknown_critical_extension = false;  ///< also when name constraints are present, which are not evaluated here
    bool marked_as_test = false;              ///< carries the test PKI's marker (see certs/README.md)
  };
  const fields& info() const;
  const std::string& der() const;
  const std::string& sha256() const;  ///< of the DER; raw octets
  const crypto::public_key& key() const;

  std::string pem() const;

  key_usage_role role() const;                ///< bits 0 and 1 → sign; 0 and 2 → auth
  std::vector<std::string> key_user() const;  ///< INDIVIDUAL, ORGANIZATION, CEO, EMPLOYEE, …, from the NCA's EKU OIDs
  /// What the certificate is signed with, also where a Kazakh key identifier stands for it. Empty when the algorithm is unknown.
  std::optional<crypto::signature_algorithm> signed_with() const;
  /// Signature over the exact TBS octets; nothing else is looked at. Errors: crypto_signature, crypto_key (also: an unknown signature
  /// algorithm).
  result<void> signed_by(const certificate& issuer) const;
  result<void> signed_by_key(const crypto::public_key&) const;

 private:
  struct data;
  explicit certificate(std::shared_ptr<const data>);
  std::shared_ptr<const data> data_;
};

/// Is this one of the names that `key_user` gives?
bool is_key_user(std::string_view name);

/// Every CERTIFICATE block of a PEM text, or one DER certificate. Error problems::certificate_format, also when there is none.
result<std::vector<certificate>> read_certificates(std::string_view pem_or_der);

/// The private extension, not critical, that marks a certificate of a test PKI (certs/README.md).
inline constexpr std::string_view test_marker_oid = "2.25.59483045221449807989203750391595608972";

/// Equal names by RFC 5280 section 7.1, given as whole DER: string types, letter case of ASCII and runs of spaces do not matter, since
/// programs re-encode names that they copy. False for octets that are no Name.
bool same_name(std::string_view name_der, std::string_view other_der);

/// Compares an X509IssuerName text of a message with a certificate's issuer: RFC 2253/4514 text in either order of RDNs,
/// attribute names by keyword or dotted OID, white space around separators free, escapes understood.
bool same_issuer_name(std::string_view text, const certificate&);

}  // namespace shep::crypto
