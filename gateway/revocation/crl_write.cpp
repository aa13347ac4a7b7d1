#include "revocation/crl_write.hpp"

#include "crypto/asn1_write.hpp"
#include "revocation/signing.hpp"

namespace shep::revocation {
namespace {

using namespace crypto::asn1;

std::string entry(const crl_content::row& r, bool with_extensions) {
  std::string extensions;
  if (r.why) extensions += write_extension("2.5.29.21", false, write_enumerated(static_cast<unsigned>(*r.why)));
  if (r.invalid_since) extensions += write_extension("2.5.29.24", false, write_generalized_time(*r.invalid_since));
  if (!with_extensions || extensions.empty()) return write(tags::sequence, write_unsigned(r.serial) + write_time(r.revoked_at));
  return write(tags::sequence, write_unsigned(r.serial) + write_time(r.revoked_at) + write(tags::sequence, extensions));
}

std::string distribution_point(const crl_content& c) {
  const auto flag = [](unsigned number) { return write(tags::context(number, false), "\xFF"); };
  std::string body;
  if (!c.distribution_points.empty()) {
    std::string names;
    for (const std::string& url : c.distribution_points) names += write(tags::context(6, false), url);
    body += write(tags::context(0, true), write(tags::context(0, true), names));
  }
  if (c.covers == crl::scope::users) body += flag(1);
  if (c.covers == crl::scope::authorities) body += flag(2);
  if (c.indirect) body += flag(4);
  if (c.covers == crl::scope::attributes) body += flag(5);
  return body.empty() ? std::string() : write_extension("2.5.29.28", true, write(tags::sequence, body));
}

std::string extensions(const crl_content& c, const std::string& key_id) {
  std::string list;
  if (!key_id.empty()) list += write_extension("2.5.29.35", false, write(tags::sequence, write(tags::context(0, false), key_id)));
  if (c.number) list += write_extension("2.5.29.20", false, write_small(*c.number));
  if (c.base_number) list += write_extension("2.5.29.27", true, write_small(*c.base_number));
  list += distribution_point(c) + c.more_extensions;
  return list.empty() ? std::string() : write(tags::context(0, true), write(tags::sequence, list));
}

}  // namespace

// RFC 5280 section 5.1.
result<std::string> write_crl(const crl_content& c, const crypto::identity& issuer) {
  const auto scheme = crypto::usual_signature(issuer.key.kind());
  const auto& authority = issuer.certificate.info();
  const bool second = c.version == 2;
  std::string entries;
  for (const crl_content::row& r : c.entries) entries += entry(r, second);

  std::string tbs = second ? write_small(1) : std::string();
  tbs += scheme ? crypto::algorithm_identifier(*scheme) : std::string();
  tbs += authority.subject_der;
  tbs += write_time(c.this_update);
  if (c.next_update) tbs += write_time(*c.next_update);
  if (!entries.empty()) tbs += write(tags::sequence, entries);
  if (second) tbs += extensions(c, authority.subject_key_id);
  tbs = write(tags::sequence, tbs);

  const result<signature_parts> signature = sign(tbs, issuer.key);
  if (!signature) return signature.error();
  return write(tags::sequence, tbs + signature->algorithm + signature->value);
}

}  // namespace shep::revocation
