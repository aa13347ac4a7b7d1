#include "cms/sign.hpp"

#include "cms/problems.hpp"
#include "cms/signer_writer.hpp"
#include "cms/time_stamp.hpp"
#include "core/bytes.hpp"
#include "crypto/asn1_write.hpp"
#include "eds/problems.hpp"

#include <algorithm>

namespace shep::cms {
namespace {

using namespace crypto::asn1;

constexpr std::size_t most_signers_written = 32;

/// Appends one signer to what is there. RFC 5652 section 5.1 for the version.
result<void> append_signer(signed_data_parts& parts, std::string_view content, std::string_view content_type, const crypto::identity& who,
                           const signing& how) {
  if (parts.signers.size() == most_signers_written)
    return problem(problems::usage, "a CMS may have " + std::to_string(most_signers_written) + " signers at most");
  signer_settings settings;
  settings.content_type = content_type;
  settings.signing_time = how.signing_time;
  settings.signing_certificate = how.signing_certificate;
  settings.key_identifier = how.key_identifier;
  settings.key_oid_as_algorithm = how.key_oid_as_algorithm;
  auto signer = write_signer_info(content, who, settings);
  if (!signer) return signer.error();
  parts.signers.push_back(std::move(*signer));
  parts.add_digest_algorithm(digest_algorithm_der(who));
  parts.add_certificate(who.certificate.der());
  for (const crypto::certificate& c : how.certificates) parts.add_certificate(c.der());
  if (how.key_identifier || content_type != oid::data) parts.version = std::max(parts.version, 3U);
  return {};
}

}  // namespace

result<std::string> sign(std::string_view content, const std::vector<crypto::identity>& signers, const signing& how) {
  if (signers.empty()) return problem(problems::usage, "a CMS needs somebody who signs");
  signed_data_parts parts;
  parts.encapsulated = write_encapsulated(oid::data, how.detached ? std::nullopt : std::optional(content));
  for (const crypto::identity& who : signers) {
    if (const auto added = append_signer(parts, content, oid::data, who, how); !added) return added.error();
  }
  return parts.der();
}

result<std::string> add_signer(std::string_view input, std::optional<std::string_view> detached, const crypto::identity& who,
                               const signing& how) {
  const auto cms = signed_data::read(input);
  if (!cms) return cms.error();
  if (cms->content() && detached && *detached != *cms->content())
    return problem(problems::cms_content, "the CMS carries content, and the content given beside it is another");
  if (!cms->content() && !detached)
    return problem(problems::cms_content, "the CMS is detached and no content was given", {}, "give the signed content beside the CMS");
  signed_data_parts parts = signed_data_parts::of(*cms);
  const std::string_view content = cms->content() ? *cms->content() : *detached;
  if (const auto added = append_signer(parts, content, cms->content_type(), who, how); !added) return added.error();
  return parts.der();
}

result<std::string> attach_time_stamp(std::string_view input, std::size_t signer, std::string_view token) {
  const auto cms = signed_data::read(input);
  if (!cms) return cms.error();
  if (signer >= cms->signers().size())
    return problem(problems::usage, "the CMS has " + std::to_string(cms->signers().size()) + " signers, there is no number " +
                                        std::to_string(signer) + " counted from 0");
  if (const auto stamp = read_token(token); !stamp) return stamp.error();
  const signer_info& s = cms->signers()[signer];
  std::string attributes;
  for (const attribute& a : s.unsigned_attributes)
    if (a.oid != oid::signature_time_stamp) attributes += a.whole;
  const std::string value = signed_data::read(token).value().der();
  attributes += write(tags::sequence, write_oid(oid::signature_time_stamp) + write(tags::set, value));

  failure f;
  reader outer(s.whole, f);
  std::string_view kept = outer.read(tags::sequence, "SignerInfo").content;
  kept.remove_suffix(s.unsigned_whole.size());
  signed_data_parts parts = signed_data_parts::of(*cms);
  parts.signers[signer] = write(tags::sequence, std::string(kept) + write(tags::context(1, true), attributes));
  return parts.der();
}

std::string to_pem(std::string_view der) {
  constexpr std::size_t line_length = 64;
  const std::string base64 = to_base64(der);
  std::string text = "-----BEGIN CMS-----\n";
  for (std::size_t i = 0; i < base64.size(); i += line_length) text.append(base64, i, line_length).append("\n");
  return text + "-----END CMS-----\n";
}

}  // namespace shep::cms
