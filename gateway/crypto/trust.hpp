#pragma once

#include "crypto/certificate.hpp"

#include <optional>
#include <vector>

namespace shep::crypto {

/// Configured anchors, intermediates, and certificates known beforehand (for signatures that name their key by issuer and serial only).
/// Immutable after construction; any thread; decoded certificates and chain verdicts are cached per thread by the SHA-256 of the DER.
class trust_store {
 public:
  struct contents {
    std::vector<certificate> anchors;  ///< trusted as they are: only their dates, and CA:TRUE when they issue, are checked
    std::vector<certificate> intermediates;
    std::vector<certificate> known;      ///< end entities, looked up by issuer and serial; not trusted by being here
    bool allow_weak_signatures = false;  ///< SHA-1 and GOST of 2004 between certificates (security catalogue C05); reported in `chain`
    /// GOST 34.10-2015 with 256 bits, in keys or signatures anywhere in a chain. Its Kazakh form is inferred: no public object uses it.
    bool allow_gost2015_256 = false;
  };
  explicit trust_store(contents);

  struct chain {
    std::vector<certificate> path;  ///< leaf first, anchor last; a leaf that is itself an anchor stands alone
    bool weak_signature = false;    ///< a certificate of the path is signed by a weak algorithm
    bool mixed_kinds = false;       ///< keys of different kinds, such as an RSA leaf below a GOST root
  };
  /// RFC 5280 path to a configured anchor, every signature checked, dates at `at`, CA:TRUE, keyCertSign, pathLen, no unknown critical
  /// extension; at most 8 deep and 200 signature checks. Errors: certificate_no_chain (the detail says where each attempt ended),
  /// certificate_expired, certificate_not_yet_valid (a path exists, and only dates stand against it).
  /// A certificate is valid from the first moment of the second notBefore to the last moment of the second notAfter.
  result<chain> build(const certificate& leaf, time_point at) const;

  /// A configured certificate by what ds:X509IssuerSerial says: `same_issuer_name`, and the serial number in decimal digits.
  std::optional<certificate> find(std::string_view issuer_name, std::string_view serial_decimal) const;

  /// The same by what CMS says: the exact octets of the issuer's Name and the serial number in hexadecimal digits as in `serial_hex`, or
  /// the subject key identifier.
  std::optional<certificate> find_by_issuer(std::string_view issuer_der, std::string_view serial_hex) const;
  std::optional<certificate> find_by_key_id(std::string_view subject_key_id) const;

  /// Configured certificates of every kind, each once, at most `most`, in no particular order: for finding out whose key made a signature.
  std::vector<certificate> configured(std::size_t most) const;

  /// certificate::from_der through the per-thread cache: the same octets are decoded once.
  result<certificate> decode(std::string_view der) const;

 private:
  struct data;
  std::shared_ptr<const data> data_;
};

/// Reads every PEM or DER certificate of a file, or of the files *.pem, *.crt and *.cer of a folder (not recursive, in order of names).
/// Error: environment, certificate_format with the file's name.
result<std::vector<certificate>> load_certificates(const std::string& path);

}  // namespace shep::crypto
