#pragma once

#include "unit/cms/world.hpp"

#include <functional>

/// SignedData put together part by part and then signed, so that each part can be wrong by itself: nothing here comes from the writer under
/// test.
namespace shep::cms {

using namespace crypto::asn1;

inline std::string attribute_of(std::string_view type, const std::string& values) {
  return write(tags::sequence, write_oid(type) + write(tags::set, values));
}
inline std::string octets_of(std::string_view s) { return write(tags::octet_string, s); }
inline std::string algorithm_of(std::string_view oid_text, bool with_null = true) {
  return write(tags::sequence, write_oid(oid_text) + (with_null ? write(tags::null, "") : ""));
}

struct crafted {
  crypto::identity who;
  std::string content_info_type{oid::signed_data};
  std::string version = write_small(1);
  std::string content_type{oid::data};
  std::optional<std::string> inside = content;                    ///< eContent
  std::string signed_content = content;                           ///< what the digest is made over
  std::string type_attribute, digest_attribute, more_attributes;  ///< whole attributes; the first two are made when empty and not `omit`
  bool omit_type = false, omit_digest = false, no_attributes = false;
  std::string signer_version = write_small(1);
  std::string signer_id;  ///< made when empty
  std::string digest_algorithm = algorithm_of("2.16.840.1.101.3.4.2.1");
  std::string signature_algorithm = algorithm_of("1.2.840.113549.1.1.11");
  crypto::signature_algorithm scheme = crypto::signature_algorithm::rsa_sha256;
  std::function<std::string(std::string)> change_signature = [](std::string s) { return s; };
  std::string unsigned_attributes;  ///< content of [1]
  std::vector<std::string> certificates;
  std::string after_signers;

  explicit crafted(const crypto::identity& by = signer()) : who(by), certificates{by.certificate.der()} {}

  std::string id() const {
    const std::string& hex = who.certificate.info().serial_hex;
    return write(tags::sequence, who.certificate.info().issuer_der + write_unsigned(from_hex(hex.size() % 2 ? "0" + hex : hex).value()));
  }
  std::string attributes() const {
    std::string all;
    if (!type_attribute.empty()) all += type_attribute;
    else if (!omit_type) all += attribute_of(oid::content_type, write_oid(content_type));
    if (!digest_attribute.empty()) all += digest_attribute;
    else if (!omit_digest) all += attribute_of(oid::message_digest, octets_of(crypto::digest(crypto::digest_of(scheme), signed_content)));
    return all + more_attributes;
  }
  std::string signer_info() const {
    const std::string signed_octets = no_attributes ? signed_content : write(tags::set, attributes());
    const std::string value = change_signature(who.key.sign(scheme, signed_octets).value());
    std::string body = signer_version + (signer_id.empty() ? id() : signer_id) + digest_algorithm;
    if (!no_attributes) body += write(tags::context(0, true), attributes());
    body += signature_algorithm + octets_of(value);
    if (!unsigned_attributes.empty()) body += write(tags::context(1, true), unsigned_attributes);
    return write(tags::sequence, body);
  }
  std::string der() const {
    std::string encapsulated = write_oid(content_type);
    if (inside) encapsulated += write(tags::context(0, true), octets_of(*inside));
    std::string set;
    for (const std::string& c : certificates) set += c;
    std::string body = version + write(tags::set, digest_algorithm) + write(tags::sequence, encapsulated);
    if (!set.empty()) body += write(tags::context(0, true), set);
    body += write(tags::set, signer_info()) + after_signers;
    return write(tags::sequence, write_oid(content_info_type) + write(tags::context(0, true), write(tags::sequence, body)));
  }
};

}  // namespace shep::cms
