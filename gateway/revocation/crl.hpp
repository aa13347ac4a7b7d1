#pragma once

#include "core/bytes.hpp"
#include "crypto/certificate.hpp"
#include "revocation/finding.hpp"

#include <cstdint>
#include <memory>

namespace shep::revocation {

struct crl_limits {
  std::size_t octets = 64 * 1024 * 1024;  ///< below 4 GiB in any case
  std::size_t entries = 2'000'000;
};

/// A certificate revocation list, complete or delta (RFC 5280 section 5). Read once into an index of four octets an entry, sorted by serial
/// number, over the octets as received. Immutable; copies share; any thread.
class crl {
 public:
  /// Strict DER, every entry looked at. Errors: crl_format; crl_unsupported for an indirect list, a list for some reasons only, and
  /// critical extensions that are not known here.
  static result<crl> from_der(shared_bytes der, const crl_limits& = {});

  /// Which certificates the list speaks about (issuingDistributionPoint, RFC 5280 section 5.2.5).
  enum class scope { everything, users, authorities, attributes };

  struct fields {
    unsigned version = 1;    ///< 1 or 2
    std::string issuer;      ///< RFC 4514 text
    std::string issuer_der;  ///< exact octets of the Name
    time_point this_update{};
    std::optional<time_point> next_update;
    std::string number;       ///< cRLNumber, big-endian without leading zeros; empty when absent
    bool is_delta = false;    ///< deltaCRLIndicator is present
    std::string base_number;  ///< of the complete list that the delta builds on
    std::string authority_key_id;
    scope covers = scope::everything;
    bool has_distribution_point = false;            ///< issuingDistributionPoint names a part of the certificates, in whatever way
    std::vector<std::string> distribution_points;   ///< URIs of issuingDistributionPoint
    std::string distribution_point_der;             ///< the whole extension, empty when absent: equal octets are an equal scope
    std::vector<std::string> freshest_urls;         ///< where the delta list is (freshestCRL); never followed by this module
    std::optional<time_point> keeps_expired_since;  ///< expiredCertsOnCRL (X.509): certificates expired since then are still listed
    std::string signature_algorithm_oid;
    std::size_t entries = 0;
  };
  const fields& info() const;
  const shared_bytes& der() const;

  struct entry {
    time_point revoked_at{};
    std::optional<reason> why;
    std::optional<time_point> invalid_since;
  };
  /// By serial number, big-endian (leading zeros are free). Of several entries for one number the earliest revocation counts, and a
  /// removal only when nothing else stands there.
  std::optional<entry> find(std::string_view serial) const;

  /// Is this list signed by that authority: name, key identifier when both tell one, cRLSign when keyUsage is present, and the signature
  /// over the exact octets? Errors: crl_issuer, crl_signature (also: an unknown algorithm, or SHA-1 unless allowed).
  result<void> signed_by(const crypto::certificate& issuer, bool allow_sha1 = false) const;

  std::size_t index_octets() const;  ///< memory used beside the octets of the list

 private:
  struct data;
  explicit crl(std::shared_ptr<const data>);
  std::shared_ptr<const data> data_;
};

/// The serial number of a certificate as `crl::find` takes it.
std::string serial_of(const crypto::certificate&);

}  // namespace shep::revocation
