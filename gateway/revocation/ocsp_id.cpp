#include "core/bytes.hpp"
#include "crypto/asn1_write.hpp"
#include "revocation/crl.hpp"
#include "revocation/ocsp_parts.hpp"
#include "revocation/signing.hpp"

namespace shep::revocation::ocsp {

using namespace crypto::asn1;

// RFC 6960 section 4.1.1.
certificate_id id_of(const crypto::certificate& cert, const crypto::certificate& issuer, crypto::digest_algorithm d) {
  return {d, crypto::digest(d, cert.info().issuer_der), crypto::digest(d, key_bits(issuer.key())), serial_of(cert)};
}

std::string read_algorithm(reader& r, std::string_view what) {
  reader algorithm = r.enter(tags::sequence, what);
  std::string oid = algorithm.oid(what);
  if (algorithm.more() && !algorithm.read(tags::null, "an algorithm's parameters").content.empty()) algorithm.fail("a NULL is not empty");
  algorithm.end(what);
  return oid;
}

any_id read_id(reader& r) {
  constexpr std::size_t longest_serial = 64;
  any_id out;
  reader body = r.enter(tags::sequence, "certID");
  out.digest_oid = read_algorithm(body, "hashAlgorithm");
  out.digest = crypto::digest_by_oid(out.digest_oid);
  out.name_hash = body.octet_string("issuerNameHash");
  out.key_hash = body.octet_string("issuerKeyHash");
  std::string_view serial = body.integer("serialNumber");
  body.end("certID");
  if (body.failed()) return out;
  if (static_cast<unsigned char>(serial[0]) >= 0x80 || serial.size() > longest_serial) body.fail("serialNumber is negative or too long");
  if (serial.size() > 1 && serial[0] == '\0') serial.remove_prefix(1);
  out.serial = serial;
  return out;
}

std::string write_id(const certificate_id& id) {
  return write(tags::sequence, crypto::algorithm_identifier(id.digest) + write(tags::octet_string, id.name_hash) +
                                   write(tags::octet_string, id.key_hash) + write_unsigned(id.serial));
}

std::string nonce_of(std::string_view value) {
  failure f;
  reader outer(value, f);
  const std::string_view inside = outer.octet_string("the nonce");
  outer.end("the nonce");
  return std::string(f.happened ? value : inside);
}

}  // namespace shep::revocation::ocsp
