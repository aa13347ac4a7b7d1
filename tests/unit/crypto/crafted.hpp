#pragma once

#include "crypto/asn1_write.hpp"
#include "crypto/certificate.hpp"
#include "crypto/key.hpp"

#include <chrono>
#include <deque>
#include <string>
#include <vector>

/// Certificates put together octet by octet, so that a test can bend exactly one thing.
namespace shep::crypto::crafted {

inline time_point at(int year, unsigned month = 1, unsigned day = 1) {
  namespace ch = std::chrono;
  return time_point(ch::sys_days(ch::year_month_day(ch::year(year), ch::month(month), ch::day(day))));
}

/// A handful of keys for the whole test program: making one takes a tenth of a second.
inline const private_key& key(std::size_t number) {
  static std::deque<private_key> keys;  // references stay good
  while (keys.size() <= number) keys.push_back(private_key::generate(key_kind::rsa).value());
  return keys[number];
}

struct attribute {
  std::string type;
  std::uint8_t tag;
  std::string value;
};

inline std::string name(const std::vector<attribute>& attributes) {
  using namespace asn1;
  std::string rdns;
  for (const attribute& a : attributes) rdns += write(tags::set, write(tags::sequence, write_oid(a.type) + write(a.tag, a.value)));
  return write(tags::sequence, rdns);
}

inline std::string common_name(const std::string& cn) { return name({{"2.5.4.3", asn1::tags::utf8_string, cn}}); }

inline std::string extension(const std::string& oid, bool critical, const std::string& value) {
  using namespace asn1;
  return write(tags::sequence, write_oid(oid) + (critical ? write_boolean(true) : "") + write(tags::octet_string, value));
}

inline std::string basic_constraints(int path_length = -1) {
  using namespace asn1;
  const std::string limit = path_length < 0 ? "" : write_small(static_cast<unsigned>(path_length));
  return extension("2.5.29.19", true, write(tags::sequence, write_boolean(true) + limit));
}

inline std::string key_usage(std::uint32_t bits) { return extension("2.5.29.15", true, asn1::write_named_bits(bits)); }
inline constexpr std::uint32_t may_sign_certificates = 1U << 5;

inline std::string subject_key_id(const std::string& id) {
  return extension("2.5.29.14", false, asn1::write(asn1::tags::octet_string, id));
}
inline std::string authority_key_id(const std::string& id) {
  return extension("2.5.29.35", false, asn1::write(asn1::tags::sequence, asn1::write(asn1::tags::context(0, false), id)));
}

inline std::string algorithm(std::string_view oid = "1.2.840.113549.1.1.11") {
  using namespace asn1;
  return write(tags::sequence, write_oid(oid) + write(tags::null, ""));
}

struct parts {
  std::string version = asn1::write(asn1::tags::context(0, true), asn1::write_small(2));
  std::string serial = asn1::write_small(77);
  std::string inner_algorithm = algorithm();
  std::string outer_algorithm = algorithm();
  std::string issuer = common_name("issuer");
  std::string subject = common_name("subject");
  std::string not_before = asn1::write_time(at(2020));
  std::string not_after = asn1::write_time(at(2040));
  std::string spki;
  std::string extensions;  ///< concatenated
  std::string tail;        ///< after the last field of tbsCertificate
  signature_algorithm scheme = signature_algorithm::rsa_sha256;

  std::string signed_by(const private_key& signer) const {
    using namespace asn1;
    std::string tbs = version + serial + inner_algorithm + issuer + write(tags::sequence, not_before + not_after) + subject +
                      (spki.empty() ? key(0).public_key().spki() : spki);
    if (!extensions.empty()) tbs += write(tags::context(3, true), write(tags::sequence, extensions));
    tbs = write(tags::sequence, tbs + tail);
    return write(tags::sequence, tbs + outer_algorithm + write_bit_string(signer.sign(scheme, tbs).value()));
  }
  result<certificate> decoded(const private_key& signer = key(0)) const { return certificate::from_der(signed_by(signer)); }
};

}  // namespace shep::crypto::crafted
