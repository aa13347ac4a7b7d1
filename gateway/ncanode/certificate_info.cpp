#include "ncanode/certificate_info.hpp"

#include "core/bytes.hpp"
#include "core/date_time.hpp"
#include "crypto/asn1.hpp"
#include "ncanode/java_name.hpp"

#include <array>

#include <boost/json/array.hpp>

namespace shep::ncanode {
namespace {

namespace json = boost::json;
namespace attribute = crypto::attribute;

struct algorithm_name {
  std::string_view oid;
  std::string_view name;
};

constexpr std::array algorithm_names{
    algorithm_name{"1.2.398.3.10.1.1.2.3.2", "ECGOST3410-2015-512"},
    algorithm_name{"1.2.398.3.10.1.1.2.3.1", "ECGOST3410-2015-256"},
    algorithm_name{"1.2.398.3.10.1.1.1.2", "ECGOST34310"},
    algorithm_name{"1.2.840.113549.1.1.11", "SHA256WithRSAEncryption"},
    algorithm_name{"1.2.840.113549.1.1.13", "SHA512WithRSAEncryption"},
    algorithm_name{"1.2.840.113549.1.1.5", "SHA1WithRSAEncryption"},
};

void put(json::object& into, std::string_view name, const std::string& text) {
  if (!text.empty()) into[name] = as_utf8(text);
}

/// The seventh digit of an IIN tells century and sex: odd for men, even for women, 0 for who has neither on record.
std::string gender_of(const std::string& iin) {
  if (iin.size() != 12 || iin[6] < '1' || iin[6] > '6') return {};
  return (iin[6] - '0') % 2 == 1 ? "MALE" : "FEMALE";
}

/// CertificateSubject. `surName` is the surname and `lastName` the patronymic (G): confusing, and what clients expect.
json::object name_info(const std::string& der, const std::string& iin, const std::string& bin) {
  const crypto::distinguished_name name = crypto::parse_name(der);
  json::object out;
  put(out, "commonName", text_of(name, attribute::common_name));
  put(out, "lastName", text_of(name, attribute::given_name));
  put(out, "surName", text_of(name, attribute::surname));
  put(out, "email", text_of(name, attribute::email));
  put(out, "organization", text_of(name, attribute::organization));
  put(out, "gender", gender_of(iin));
  put(out, "iin", iin);
  put(out, "bin", bin);
  put(out, "country", text_of(name, attribute::country));
  put(out, "locality", text_of(name, attribute::locality));
  put(out, "state", text_of(name, attribute::state));
  put(out, "dn", java_name(name));
  return out;
}

/// signatureValue of a certificate that was decoded before (RFC 5280 section 4.1).
std::string signature_value(const crypto::certificate& c) {
  crypto::asn1::failure failure;
  crypto::asn1::reader whole(c.der(), failure);
  crypto::asn1::reader fields = whole.enter(crypto::asn1::tags::sequence, "certificate");
  fields.any("tbsCertificate");
  fields.any("signatureAlgorithm");
  return std::string(fields.bit_string("signatureValue"));
}

std::string_view usage_name(crypto::key_usage_role role) {
  if (role == crypto::key_usage_role::sign) return "SIGN";
  return role == crypto::key_usage_role::auth ? "AUTH" : "UNKNOWN";
}

/// Roles that NCANode has no word for are left out: clients read the list into an enumeration.
json::array key_user(const crypto::certificate& c) {
  json::array out;
  for (const std::string& user : c.key_user())
    if (!user.ends_with("_DIGITAL_SYSTEM")) out.emplace_back(user);
  return out;
}

json::array to_array(const std::vector<revocation_answer>& answers) {
  json::array out;
  for (const revocation_answer& a : answers)
    out.push_back(json::object{{"revoked", a.revoked},
                               {"by", a.by},
                               {"revocationTime", a.revoked_at ? json::value(java_date(*a.revoked_at)) : json::value(nullptr)},
                               {"reason", as_utf8(a.reason)}});
  return out;
}

}  // namespace

std::string java_date(time_point t) {
  std::string text = format_utc(t);
  text.pop_back();  // "Z"
  return text + "+00:00";
}

std::string signature_name(const std::string& oid) {
  for (const algorithm_name& row : algorithm_names)
    if (row.oid == oid) return std::string(row.name);
  return oid;
}

json::object certificate_info(const judged_certificate& judged) {
  const crypto::certificate& c = judged.certificate;
  const auto& info = c.info();
  return {{"valid", judged.valid()},
          {"revocations", to_array(judged.revocations)},
          {"notBefore", java_date(info.not_before)},
          {"notAfter", java_date(info.not_after)},
          {"keyUsage", usage_name(c.role())},
          {"serialNumber", info.serial_hex},
          {"signAlg", signature_name(info.signature_algorithm_oid)},
          {"keyUser", key_user(c)},
          {"publicKey", to_base64(c.key().spki())},
          {"signature", to_base64(signature_value(c))},
          {"subject", name_info(info.subject_der, info.iin, info.bin)},
          {"issuer", name_info(info.issuer_der, {}, {})}};
}

}  // namespace shep::ncanode
