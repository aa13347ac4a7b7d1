#include "crypto/issue.hpp"

#include "crypto/asn1_write.hpp"
#include "crypto/digest.hpp"
#include "crypto/name.hpp"
#include "crypto/problems.hpp"

#include <algorithm>

namespace shep::crypto {
namespace {

using namespace asn1;

bool twelve_digits(std::string_view s) {
  return s.size() == 12 && std::all_of(s.begin(), s.end(), [](char c) { return c >= '0' && c <= '9'; });
}

result<void> check(const certificate_request& r) {
  if (!r.iin.empty() && !twelve_digits(r.iin)) return problem(problems::usage, "the IIN of a certificate has to be 12 digits");
  if (!r.bin.empty() && !twelve_digits(r.bin)) return problem(problems::usage, "the BIN of a certificate has to be 12 digits");
  if (r.serial.size() > 20 || (r.serial.size() == 20 && static_cast<unsigned char>(r.serial[0]) >= 0x80)) {
    return problem(problems::usage, "the serial number of a certificate may have 159 bits at most");
  }
  if (r.not_after < r.not_before) return problem(problems::usage, "the certificate would end before it begins");
  for (const std::string& oid : r.extended_key_usage) {
    if (!is_oid(oid)) return problem(problems::usage, "\"" + oid + "\" is not a dotted object identifier", "extended key usage");
  }
  if (r.common_name.empty()) return problem(problems::usage, "a certificate needs a common name");
  for (const std::string* text : {&r.common_name, &r.surname, &r.given_name, &r.organization, &r.email, &r.country}) {
    if (!valid_utf8(*text) || text->find('\0') != std::string::npos)
      return problem(problems::usage, "a name of the certificate is not UTF-8 text");
  }
  return {};
}

std::string marked(const std::string& name) { return name.starts_with("TEST") ? name : "TEST " + name; }

std::string rdn(std::string_view type, std::uint8_t tag, const std::string& value) {
  if (value.empty()) return {};
  return write(tags::set, write(tags::sequence, write_oid(type) + write(tag, value)));
}

// The NCA's order and string types (kz-eds.md section 4).
std::string subject_name(const certificate_request& r) {
  std::string name = rdn(attribute::common_name, tags::utf8_string, marked(r.common_name));
  name += rdn(attribute::surname, tags::utf8_string, r.surname);
  if (!r.iin.empty()) name += rdn(attribute::serial_number, tags::printable_string, "IIN" + r.iin);
  name += rdn(attribute::country, tags::printable_string, r.country);
  if (!r.organization.empty()) name += rdn(attribute::organization, tags::utf8_string, marked(r.organization));
  if (!r.bin.empty()) name += rdn(attribute::organizational_unit, tags::utf8_string, "BIN" + r.bin);
  name += rdn(attribute::given_name, tags::utf8_string, r.given_name);
  name += rdn(attribute::email, tags::ia5_string, r.email);
  return write(tags::sequence, name);
}

/// SHA-1 over the content of the key's BIT STRING: for RSA method 1 of RFC 5280 section 4.2.1.2, for the Kazakh curves the OCTET STRING the
/// NCA hashes.
std::string key_identifier(const public_key& key) {
  failure f;
  reader outer(key.spki(), f);
  reader info = outer.enter(tags::sequence, "SubjectPublicKeyInfo");
  info.any("the key's algorithm");
  return digest(digest_algorithm::sha1, info.bit_string("subjectPublicKey"));
}

std::string serial_number(const certificate_request& r, std::string key_id) {
  if (!r.serial.empty()) return r.serial;
  key_id[0] = static_cast<char>((static_cast<unsigned char>(key_id[0]) & 0x3F) | 0x40);  // positive, and 20 octets long
  return key_id;
}

std::string extension(std::string_view oid, bool critical, const std::string& value) {
  return write(tags::sequence, write_oid(oid) + (critical ? write_boolean(true) : "") + write(tags::octet_string, value));
}

/// kz-eds.md section 4: C8 for signing keys of the 2022 generation, C0 for the older kinds, A0 for authentication.
std::string key_usage(const certificate_request& r, key_kind kind) {
  constexpr std::uint32_t digital_signature = 1U << 0, non_repudiation = 1U << 1, key_encipherment = 1U << 2, key_agreement = 1U << 4,
                          cert_sign = 1U << 5, crl_sign = 1U << 6;
  if (r.is_ca) return write_named_bits(cert_sign | crl_sign);
  if (r.role == key_usage_role::auth) return write_named_bits(digital_signature | key_encipherment);
  if (r.role != key_usage_role::sign) return write_named_bits(digital_signature);
  const bool newest = kind == key_kind::gost2015_512 || kind == key_kind::gost2015_256;
  return write_named_bits(digital_signature | non_repudiation | (newest ? key_agreement : 0));
}

std::string extended_key_usage(const certificate_request& r) {
  std::string purposes;
  const bool usual = !r.only_these_purposes;
  if (usual && r.role == key_usage_role::sign) purposes += write_oid("1.3.6.1.5.5.7.3.4");
  if (usual && r.role == key_usage_role::auth) purposes += write_oid("1.3.6.1.5.5.7.3.2");
  for (const std::string& oid : r.extended_key_usage) purposes += write_oid(oid);
  return purposes.empty() ? std::string() : extension("2.5.29.37", r.critical_purposes, write(tags::sequence, purposes));
}

std::string_view policy(const certificate_request& r, bool self_signed) {
  if (r.is_ca) return self_signed ? "1.2.398.3.1.2" : "1.2.398.3.3.1.1";
  if (!r.bin.empty()) return "1.2.398.3.3.2.1";
  return r.role == key_usage_role::auth ? "1.2.398.3.3.2.4" : "1.2.398.3.3.2.3";
}

constexpr std::uint8_t uri_tag = tags::context(6, false);

std::string access_description(std::string_view method, const std::string& url) {
  return url.empty() ? std::string() : write(tags::sequence, write_oid(method) + write(uri_tag, url));
}

std::string distribution_points(const std::string& url) {
  const std::string full_name = write(tags::context(0, true), write(uri_tag, url));
  return write(tags::sequence, write(tags::sequence, write(tags::context(0, true), full_name)));
}

std::string addresses(const certificate_request& r) {
  std::string list;
  const std::string access =
      access_description("1.3.6.1.5.5.7.48.1", r.ocsp_url) + access_description("1.3.6.1.5.5.7.48.2", r.ca_issuers_url);
  if (!access.empty()) list += extension("1.3.6.1.5.5.7.1.1", false, write(tags::sequence, access));
  if (!r.crl_url.empty()) list += extension("2.5.29.31", false, distribution_points(r.crl_url));
  if (!r.delta_crl_url.empty()) list += extension("2.5.29.46", false, distribution_points(r.delta_crl_url));
  return list;
}

std::string extensions(const certificate_request& r, key_kind kind, const std::string& key_id, const std::string& authority_key_id,
                       bool self_signed) {
  std::string list;
  if (r.is_ca) {
    const std::string limit = r.path_length ? write_small(static_cast<unsigned>(std::max(*r.path_length, 0))) : "";
    list += extension("2.5.29.19", true, write(tags::sequence, write_boolean(true) + limit));
  } else {
    list += extended_key_usage(r);
  }
  list += extension("2.5.29.15", true, key_usage(r, kind));
  list += extension("2.5.29.32", false, write(tags::sequence, write(tags::sequence, write_oid(policy(r, self_signed)))));
  list += addresses(r);
  list += extension("2.5.29.14", false, write(tags::octet_string, key_id));
  list += extension("2.5.29.35", false, write(tags::sequence, write(tags::context(0, false), authority_key_id)));
  if (r.ocsp_no_check) list += extension("1.3.6.1.5.5.7.48.1.5", false, write(tags::null, ""));
  list += extension(test_marker_oid, false, write(tags::utf8_string, "shepsim test PKI, of no legal force"));
  return write(tags::context(3, true), write(tags::sequence, list));
}

}  // namespace

result<certificate> issue(const certificate_request& request, const public_key& subject, const issuer* by, const private_key& signing_key) {
  if (const result<void> good = check(request); !good) return good.error();
  const private_key& key = by != nullptr ? by->key : signing_key;
  const signature_algorithm scheme = usual_signature(key.kind()).value();
  const std::string algorithm = algorithm_identifier(scheme);
  const std::string name = subject_name(request);
  const std::string key_id = key_identifier(subject);
  const std::string authority_key_id = by != nullptr ? by->certificate.info().subject_key_id : key_id;

  std::string tbs = write(tags::context(0, true), write_small(2));
  tbs += write_unsigned(serial_number(request, key_id));
  tbs += algorithm;
  tbs += by != nullptr ? by->certificate.info().subject_der : name;
  tbs += write(tags::sequence, write_time(request.not_before) + write_time(request.not_after));
  tbs += name;
  tbs += subject.spki();
  tbs += extensions(request, subject.kind(), key_id, authority_key_id, by == nullptr);
  tbs = write(tags::sequence, tbs);

  const result<std::string> signature = key.sign(scheme, tbs);
  if (!signature) return signature.error();
  return certificate::from_der(write(tags::sequence, tbs + algorithm + write_bit_string(*signature)));
}

}  // namespace shep::crypto
