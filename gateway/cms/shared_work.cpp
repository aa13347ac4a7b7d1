#include "cms/check_signer.hpp"
#include "crypto/digest.hpp"
#include "eds/problems.hpp"

namespace shep::cms {
namespace {

bool fits(const crypto::certificate& c, const signer_info& s) {
  if (!s.key_id.empty()) return c.info().subject_key_id == s.key_id;
  return c.info().serial_hex == s.serial_hex() && crypto::same_name(c.info().issuer_der, s.issuer_der);
}

}  // namespace

shared_work::shared_work(const signed_data& cms, std::string_view content, const crypto::trust_store& trust)
    : content_(content), trust_(trust) {
  for (const std::string_view der : cms.certificates()) {
    auto c = trust.decode(der);
    if (c) certificates_.push_back(std::move(*c));
    else if (undecoded_.empty()) undecoded_ = c.error().detail;
  }
}

const std::string& shared_work::digest(crypto::digest_algorithm algorithm) {
  const auto found = digests_.find(algorithm);
  if (found != digests_.end()) return found->second;
  return digests_.emplace(algorithm, crypto::digest(algorithm, content_)).first->second;
}

result<crypto::certificate> shared_work::certificate_of(const signer_info& s) const {
  const crypto::certificate* found = nullptr;
  for (const crypto::certificate& c : certificates_) {
    if (!fits(c, s)) continue;
    if (found != nullptr && found->sha256() != c.sha256())
      return problem(problems::signature_constraints, "two different certificates of the set fit the signer's identifier");
    found = &c;
  }
  if (found != nullptr) return *found;
  auto known = s.key_id.empty() ? trust_.find_by_issuer(s.issuer_der, s.serial_hex()) : trust_.find_by_key_id(s.key_id);
  if (known) return std::move(*known);
  const std::string who = s.key_id.empty() ? "serial number " + s.serial_hex() : "subject key identifier " + clipped(to_hex(s.key_id));
  return problem(problems::signing_certificate_missing,
                 "neither the CMS nor the configuration holds the signer's certificate (" + who + ")" +
                     (undecoded_.empty() ? "" : "; a certificate of the CMS cannot be read: " + undecoded_),
                 {}, "add the signer's certificate to the CMS or to the known certificates");
}

}  // namespace shep::cms
