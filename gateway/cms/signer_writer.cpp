#include "cms/signer_writer.hpp"

#include "crypto/asn1_write.hpp"
#include "crypto/digest.hpp"
#include "eds/problems.hpp"

#include <algorithm>

namespace shep::cms {
namespace {

using namespace crypto::asn1;

std::string write_attribute(std::string_view type, const std::string& value) {
  return write(tags::sequence, write_oid(type) + write(tags::set, value));
}

std::string serial_octets(const crypto::certificate& c) {
  const std::string& hex = c.info().serial_hex;
  return from_hex(hex.size() % 2 == 0 ? hex : "0" + hex).value();
}

std::string issuer_and_serial(const crypto::certificate& c) {
  return write(tags::sequence, c.info().issuer_der + write_unsigned(serial_octets(c)));
}

/// RFC 5035 section 3 with the default SHA-256, which DER leaves out.
std::string signing_certificate_v2(const crypto::certificate& c) {
  const std::string names = write(tags::sequence, write(tags::context(4, true), c.info().issuer_der));
  const std::string issuer_serial = write(tags::sequence, names + write_unsigned(serial_octets(c)));
  const std::string id = write(tags::sequence, write(tags::octet_string, c.sha256()) + issuer_serial);
  return write(tags::sequence, write(tags::sequence, id));
}

/// X.690 section 11.6: the elements of a SET OF in the order of their octets.
std::string write_sorted(std::vector<std::string> attributes) {
  std::sort(attributes.begin(), attributes.end());
  std::string all;
  for (const std::string& a : attributes) all += a;
  return all;
}

std::string signed_attributes(std::string_view content, crypto::digest_algorithm digest, const crypto::certificate& c,
                              const signer_settings& s) {
  std::vector<std::string> attributes;
  attributes.push_back(write_attribute(oid::content_type, write_oid(s.content_type)));
  attributes.push_back(write_attribute(oid::message_digest, write(tags::octet_string, crypto::digest(digest, content))));
  if (s.signing_time) attributes.push_back(write_attribute(oid::signing_time, write_time(*s.signing_time)));
  if (s.signing_certificate) attributes.push_back(write_attribute(oid::signing_certificate_v2, signing_certificate_v2(c)));
  return write_sorted(std::move(attributes));
}

void add_once(std::vector<std::string>& all, std::string one) {
  if (std::find(all.begin(), all.end(), one) == all.end()) all.push_back(std::move(one));
}

std::string joined(const std::vector<std::string>& all) {
  std::string out;
  for (const std::string& one : all) out += one;
  return out;
}

std::vector<std::string> elements_of(std::string_view whole, std::uint8_t tag) {
  std::vector<std::string> all;
  if (whole.empty()) return all;
  failure f;
  reader outer(whole, f);
  reader set = outer.enter(tag, "a set");
  while (set.more()) all.emplace_back(set.any("an element").whole);
  return all;
}

}  // namespace

std::string digest_algorithm_der(const crypto::identity& who) {
  const auto scheme = crypto::usual_signature(who.key.kind());
  return scheme ? crypto::algorithm_identifier(crypto::digest_of(*scheme)) : std::string();
}

result<std::string> write_signer_info(std::string_view content, const crypto::identity& who, const signer_settings& s) {
  const crypto::certificate& c = who.certificate;
  const auto scheme = crypto::usual_signature(who.key.kind());
  if (!scheme || !crypto::supported(crypto::digest_of(*scheme)))
    return problem(problems::signing_failed, "a " + std::string(crypto::name_of(who.key.kind())) + " key cannot sign a CMS");
  if (s.key_identifier && c.info().subject_key_id.empty())
    return problem(problems::signing_failed, "the certificate of " + c.info().subject + " has no subject key identifier");
  const crypto::digest_algorithm digest = crypto::digest_of(*scheme);
  const std::string attributes = signed_attributes(content, digest, c, s);
  const auto signature = (s.key != nullptr ? *s.key : who.key).sign(*scheme, write(tags::set, attributes));
  if (!signature) return problem(problems::signing_failed, signature.error().detail, {}, signature.error().hint);

  std::string body = write_small(s.key_identifier ? 3 : 1);
  body += s.key_identifier ? write(tags::context(0, false), c.info().subject_key_id) : issuer_and_serial(c);
  body += crypto::algorithm_identifier(digest);
  body += write(tags::context(0, true), attributes);
  body += s.key_oid_as_algorithm ? write(tags::sequence, write_oid(crypto::key_oid_of(who.key.kind())) + write(tags::null, ""))
                                 : crypto::algorithm_identifier(*scheme);
  body += write(tags::octet_string, *signature);
  return write(tags::sequence, body);
}

signed_data_parts signed_data_parts::of(const signed_data& cms) {
  signed_data_parts p;
  p.version = cms.version();
  p.digest_algorithms = elements_of(cms.digest_algorithms(), tags::set);
  p.encapsulated = cms.encapsulated();
  p.certificates = elements_of(cms.certificate_set(), tags::context(0, true));
  p.revocation_set = cms.revocation_set();
  for (const signer_info& s : cms.signers()) p.signers.emplace_back(s.whole);
  return p;
}

void signed_data_parts::add_digest_algorithm(std::string der) { add_once(digest_algorithms, std::move(der)); }
void signed_data_parts::add_certificate(const std::string& der) { add_once(certificates, der); }

std::string signed_data_parts::der() const {
  std::string body = write_small(version) + write(tags::set, joined(digest_algorithms)) + encapsulated;
  if (!certificates.empty()) body += write(tags::context(0, true), joined(certificates));
  body += revocation_set;
  body += write(tags::set, joined(signers));
  return write(tags::sequence, write_oid(oid::signed_data) + write(tags::context(0, true), write(tags::sequence, body)));
}

std::string write_encapsulated(std::string_view content_type, std::optional<std::string_view> content) {
  std::string body = write_oid(content_type);
  if (content) body += write(tags::context(0, true), write(tags::octet_string, *content));
  return write(tags::sequence, body);
}

}  // namespace shep::cms
