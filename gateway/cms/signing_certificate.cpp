#include "cms/algorithms.hpp"
#include "cms/check_signer.hpp"
#include "cms/problems.hpp"
#include "crypto/digest.hpp"

namespace shep::cms {
namespace {

using namespace crypto::asn1;

std::string hex_without_zeros(std::string_view serial) {
  signer_info s;
  s.serial = serial;
  return s.serial_hex();
}

/// IssuerSerial of RFC 5035 section 4: GeneralNames with one directoryName, and the serial number.
void read_issuer_serial(reader& id, const crypto::certificate& c, std::string& difference) {
  if (!id.more()) return;
  reader body = id.enter(tags::sequence, "issuerSerial");
  reader names = body.enter(tags::sequence, "the issuer in issuerSerial");
  reader name = names.enter(tags::context(4, true), "the issuer's directory name");
  const std::string_view issuer = name.read(tags::sequence, "the issuer's directory name").whole;
  name.end("the issuer's directory name");
  names.end("the issuer in issuerSerial");
  const std::string_view serial = body.integer("the serial number in issuerSerial");
  body.end("issuerSerial");
  if (id.failed()) return;
  if (hex_without_zeros(serial) != c.info().serial_hex || !crypto::same_name(issuer, c.info().issuer_der))
    difference = "issuer and serial number are another certificate's";
}

}  // namespace

result<void> check_signing_certificate(const element& value, bool v2, const crypto::certificate& c) {
  const std::string name = v2 ? "signingCertificateV2" : "signingCertificate";
  std::string difference;
  failure f;
  reader outer(value.whole, f);
  reader attribute = outer.enter(tags::sequence, name);
  reader list = attribute.enter(tags::sequence, "the certificates of " + name);
  if (attribute.more()) attribute.read(tags::sequence, "the policies of " + name);
  attribute.end(name);
  reader id = list.enter(tags::sequence, "the first certificate of " + name);
  auto algorithm = v2 ? crypto::digest_algorithm::sha256 : crypto::digest_algorithm::sha1;
  if (v2 && id.next_is(tags::sequence)) {
    reader identifier = id.enter(tags::sequence, "hashAlgorithm");
    const std::string oid = identifier.oid("hashAlgorithm");
    const auto known = crypto::digest_by_oid(oid);
    if (!id.failed() && (!known || !crypto::supported(*known))) id.fail("hash algorithm " + oid + " of " + name + " is not accepted");
    if (known) algorithm = *known;
  }
  const std::string_view hash = id.octet_string("the certificate hash of " + name);
  read_issuer_serial(id, c, difference);
  id.end("the first certificate of " + name);
  if (f.happened) return f.as(problems::cms_attributes);
  if (!equal_constant_time(hash, crypto::digest(algorithm, c.der()))) difference = "the hash is another certificate's";
  if (difference.empty()) return {};
  return problem(problems::cms_attributes, name + " does not name the signer's certificate: " + difference, {},
                 "the certificate was exchanged after signing, or the signer's program wrote the attribute for another one");
}

}  // namespace shep::cms
