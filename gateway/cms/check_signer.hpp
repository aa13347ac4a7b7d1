#pragma once

#include "cms/signed_data.hpp"
#include "crypto/trust.hpp"
#include "eds/judgement.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

/// One SignerInfo against its content and certificate, for signatures and for time-stamp tokens alike. Inside module cms.
namespace shep::cms {

/// What all signers of one SignedData share: certificates are decoded once, the content is digested once for each algorithm.
class shared_work {
 public:
  shared_work(const signed_data&, std::string_view content, const crypto::trust_store&);

  std::string_view content() const { return content_; }
  const std::string& digest(crypto::digest_algorithm);
  std::size_t times_digested() const { return digests_.size(); }  ///< how often the content was gone through

  /// The signer's certificate from the set, else a known one. Error signing_certificate_missing; signature_constraints when two different
  /// ones fit.
  result<crypto::certificate> certificate_of(const signer_info&) const;

 private:
  std::string_view content_;
  const crypto::trust_store& trust_;
  std::vector<crypto::certificate> certificates_;
  std::string undecoded_;  // why the first certificate that could not be decoded could not
  std::map<crypto::digest_algorithm, std::string> digests_;
};

struct checked_signer {
  std::optional<crypto::certificate> certificate;  ///< whatever the verdict
  std::optional<time_point> signing_time;
  std::optional<crypto::signature_algorithm> scheme;
  bool names_certificate = false;  ///< an ESS signing-certificate attribute is there and fits
};

/// Attributes, messageDigest and signature value of one signer; everything wrong goes to the judgement. Chain, dates and role are not
/// looked at. `where` names the signer in findings.
checked_signer check_signer(const signer_info&, std::string_view content_type, shared_work&, const eds::checking&, const std::string& where,
                            eds::judgement&, eds::signature_report&);

/// The attributes of one type, which may be there once with one value. Fails the judgement when it is there otherwise.
std::optional<crypto::asn1::element> single_value(const std::vector<attribute>&, std::string_view oid, std::string_view name,
                                                  const std::string& where, eds::judgement&);

/// RFC 5035 section 3 and RFC 2634 section 5.4: does the first certificate identifier name this certificate? Error cms_attributes.
result<void> check_signing_certificate(const crypto::asn1::element& value, bool v2, const crypto::certificate&);

}  // namespace shep::cms
