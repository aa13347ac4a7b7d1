#include "forensics/certificates.hpp"

#include "core/bytes.hpp"
#include "xml/text.hpp"

#include <algorithm>

namespace shep::forensics {
namespace {

using xml::element;
namespace ns = xml::ns;

constexpr std::size_t most = 64;
constexpr std::size_t largest = 24 << 10;  ///< of the base64 text

bool holds_certificate(element e) {
  return e.is({ns::ds, "X509Certificate"}) || e.is({ns::wsse, "BinarySecurityToken"}) || e.is({ns::wsse, "KeyIdentifier"});
}

}  // namespace

certificates_at_hand find_certificates(const xml::document& d, const eds::signature& s, const eds::signature_report& report,
                                       const crypto::trust_store& trust) {
  std::vector<crypto::certificate> all;
  const auto add = [&](const crypto::certificate& c) {
    const bool known = std::any_of(all.begin(), all.end(), [&](const crypto::certificate& other) { return other.sha256() == c.sha256(); });
    if (!known && all.size() < most) all.push_back(c);
  };
  for (const std::string& der : s.key.certificates)
    if (const auto c = trust.decode(der)) add(*c);
  if (s.key.form == eds::key_info::kind::issuer_serial)
    if (const auto c = trust.find(s.key.issuer_name, s.key.serial_decimal)) add(*c);
  for (element e = d.root(); e && all.size() < most; e = e.next_in_document(d.root())) {
    if (!holds_certificate(e)) continue;
    const auto text = xml::token_of(e);
    if (!text || text->size() > largest) continue;
    const auto der = from_base64(*text);
    if (!der) continue;
    if (const auto c = trust.decode(*der)) add(*c);
  }
  for (const crypto::certificate& c : trust.configured(most)) add(c);
  certificates_at_hand out;
  for (crypto::certificate& c : all) {
    const bool named = !out.named && report.certificate && report.certificate->serial_number == c.info().serial_hex &&
                       report.certificate->subject == c.info().subject;
    if (named) out.named = std::move(c);
    else out.others.push_back(std::move(c));
  }
  return out;
}

}  // namespace shep::forensics
