#include "crypto/certificate.hpp"

#include "core/bytes.hpp"
#include "crypto/asn1.hpp"
#include "crypto/certificate_fields.hpp"
#include "crypto/digest.hpp"
#include "crypto/problems.hpp"

#include <algorithm>
#include <optional>

namespace shep::crypto {
namespace {

constexpr std::size_t largest_certificate = 16 * 1024;
constexpr std::size_t longest_serial = 20;  // RFC 5280 section 4.1.2.2

std::string without_leading_zero_octets(std::string_view big_endian) {
  const std::size_t first = big_endian.find_first_not_of('\0');
  return first == std::string_view::npos ? std::string(1, '\0') : std::string(big_endian.substr(first));
}

std::string decimal(std::string number) {
  std::string reversed;
  while (!number.empty()) {
    unsigned remainder = 0;
    for (char& c : number) {
      const unsigned value = remainder << 8 | static_cast<unsigned char>(c);
      c = static_cast<char>(value / 10);
      remainder = value % 10;
    }
    reversed += static_cast<char>('0' + remainder);
    number.erase(0, number.find_first_not_of('\0'));
  }
  std::reverse(reversed.begin(), reversed.end());
  return reversed;
}

std::string hexadecimal(std::string_view number) {
  std::string text = to_hex(number);
  if (text.size() > 1 && text[0] == '0') text.erase(0, 1);
  return text;
}

void read_serial(asn1::reader& tbs, certificate::fields& fields) {
  const std::string_view serial = tbs.integer("the serial number");
  if (tbs.failed()) return;
  if (static_cast<unsigned char>(serial[0]) >= 0x80) tbs.fail("the serial number is negative");
  if (serial.size() > longest_serial) tbs.fail("the serial number has " + std::to_string(serial.size()) + " octets, allowed are 20");
  const std::string number = without_leading_zero_octets(serial);
  fields.serial_hex = hexadecimal(number);
  fields.serial_decimal = decimal(number);
}

}  // namespace

struct certificate::data {
  std::string der;
  std::string sha256;
  std::string_view tbs;        // into der
  std::string_view signature;  // into der
  fields info;
  std::optional<crypto::public_key> key;
};

certificate::certificate(std::shared_ptr<const data> d) : data_(std::move(d)) {}

// RFC 5280 section 4.1.
result<certificate> certificate::from_der(std::string_view der) {
  if (der.size() > largest_certificate) {
    return problem(problems::certificate_format, "the certificate has " + std::to_string(der.size()) + " octets, allowed are 16384");
  }
  auto d = std::make_shared<data>();
  d->der = der;
  fields& info = d->info;
  asn1::failure failure;
  asn1::reader outer(d->der, failure);
  asn1::reader whole = outer.enter(asn1::tags::sequence, "the certificate");
  outer.end("the certificate");

  const asn1::element tbs_element = whole.read(asn1::tags::sequence, "tbsCertificate");
  asn1::reader tbs = whole.inside(tbs_element, "tbsCertificate");
  std::uint64_t version = 0;
  if (tbs.next_is(asn1::tags::context(0, true))) {
    version = tbs.enter(asn1::tags::context(0, true), "the version").small_integer("the version", 2);
  }
  read_serial(tbs, info);
  const asn1::element inner_algorithm = tbs.read(asn1::tags::sequence, "the signature algorithm inside");
  const asn1::element issuer = tbs.read(asn1::tags::sequence, "the issuer");
  asn1::reader validity = tbs.enter(asn1::tags::sequence, "the validity");
  info.not_before = validity.time("notBefore");
  info.not_after = validity.time("notAfter");
  validity.end("the validity");
  const asn1::element subject = tbs.read(asn1::tags::sequence, "the subject");
  const asn1::element spki = tbs.read(asn1::tags::sequence, "the public key");
  tbs.read_if(asn1::tags::context(1, false), "issuerUniqueID");
  tbs.read_if(asn1::tags::context(2, false), "subjectUniqueID");
  if (tbs.next_is(asn1::tags::context(3, true))) {
    if (version != 2) tbs.fail("extensions stand in a certificate that is not of version 3");
    asn1::reader extensions = tbs.enter(asn1::tags::context(3, true), "the extensions");
    read_extensions(extensions, info);
    extensions.end("the extensions");
  }
  tbs.end("tbsCertificate");

  const asn1::element outer_algorithm = whole.read(asn1::tags::sequence, "the signature algorithm");
  info.signature_algorithm_oid = whole.inside(outer_algorithm, "the signature algorithm").oid("the signature algorithm");
  if (outer_algorithm.whole != inner_algorithm.whole) whole.fail("the signature algorithms inside and outside tbsCertificate differ");
  const std::string_view signature = whole.bit_string("the signature value");
  whole.end("the certificate");
  if (failure.happened) return failure.as(problems::certificate_format);

  read_names(subject.whole, issuer.whole, info, failure);
  if (failure.happened) return failure.as(problems::certificate_format);
  result<crypto::public_key> key = crypto::public_key::from_spki(spki.whole);
  if (!key) return problem(problems::certificate_format, key.error().detail, "the public key of the certificate");

  d->tbs = tbs_element.whole;
  d->signature = signature;
  d->key.emplace(std::move(*key));
  d->sha256 = digest(digest_algorithm::sha256, d->der);
  return certificate(std::move(d));
}

const certificate::fields& certificate::info() const { return data_->info; }
const std::string& certificate::der() const { return data_->der; }
const std::string& certificate::sha256() const { return data_->sha256; }
const crypto::public_key& certificate::key() const { return *data_->key; }

std::optional<signature_algorithm> certificate::signed_with() const {
  const std::string& oid = info().signature_algorithm_oid;
  const std::optional<signature_algorithm> usual = signature_by_oid(oid);
  return usual ? usual : signature_for(oid, key_by_oid(oid));
}

result<void> certificate::signed_by(const certificate& issuer) const { return signed_by_key(issuer.key()); }

result<void> certificate::signed_by_key(const crypto::public_key& key) const {
  const std::optional<signature_algorithm> algorithm = signed_with();
  if (!algorithm) {
    return problem(problems::crypto_key,
                   "the certificate is signed with algorithm " + info().signature_algorithm_oid + ", which is not supported");
  }
  return key.verify(*algorithm, data_->tbs, data_->signature);
}

}  // namespace shep::crypto
