#pragma once

#include "cms/signed_data.hpp"
#include "crypto/pkcs12.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// SignerInfo and SignedData in DER. Inside module cms.
namespace shep::cms {

struct signer_settings {
  std::string_view content_type = oid::data;
  std::optional<time_point> signing_time;
  bool signing_certificate = true;
  bool key_identifier = false;
  bool key_oid_as_algorithm = false;
  const crypto::private_key* key = nullptr;  ///< signs in place of the identity's
};

/// Errors: signing_failed.
result<std::string> write_signer_info(std::string_view content, const crypto::identity&, const signer_settings&);

/// AlgorithmIdentifier of the digest that the identity signs with; empty when it cannot sign.
std::string digest_algorithm_der(const crypto::identity&);

/// A SignedData being put together from whole elements.
struct signed_data_parts {
  unsigned version = 1;
  std::vector<std::string> digest_algorithms;  ///< each once
  std::string encapsulated;
  std::vector<std::string> certificates;  ///< each once
  std::string revocation_set;
  std::vector<std::string> signers;

  static signed_data_parts of(const signed_data&);  ///< what is there, octet for octet
  void add_digest_algorithm(std::string der);
  void add_certificate(const std::string& der);
  std::string der() const;  ///< ContentInfo; the sets in the order given
};

std::string write_encapsulated(std::string_view content_type, std::optional<std::string_view> content);

}  // namespace shep::cms
