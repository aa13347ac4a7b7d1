#include "revocation/ocsp_write.hpp"

#include "crypto/asn1_write.hpp"
#include "revocation/ocsp_parts.hpp"
#include "revocation/signing.hpp"

namespace shep::revocation::ocsp {
namespace {

using namespace crypto::asn1;

std::string status(const response_content::answer& a) {
  switch (a.what) {
    case state::good: return write(tags::context(0, false), "");
    case state::unknown: return write(tags::context(2, false), "");
    case state::revoked:
    case state::on_hold: break;
  }
  const auto why = a.what == state::on_hold ? std::optional(reason::certificate_hold) : a.why;
  std::string body = write_generalized_time(a.revoked_at.value_or(a.this_update));
  if (why) body += write(tags::context(0, true), write_enumerated(static_cast<unsigned>(*why)));
  return write(tags::context(1, true), body);
}

std::string single(const response_content::answer& a) {
  std::string body = write_id(a.id) + status(a) + write_generalized_time(a.this_update);
  if (a.next_update) body += write(tags::context(0, true), write_generalized_time(*a.next_update));
  if (a.archive_cutoff) {
    const std::string extension = write_extension(oids::archive_cutoff, false, write_generalized_time(*a.archive_cutoff));
    body += write(tags::context(1, true), write(tags::sequence, extension));
  }
  return write(tags::sequence, body);
}

std::string responder_id(const response_content& c, const crypto::certificate& responder) {
  if (!c.responder_by_key) return write(tags::context(1, true), responder.info().subject_der);
  const std::string hash = crypto::digest(crypto::digest_algorithm::sha1, key_bits(responder.key()));
  return write(tags::context(2, true), write(tags::octet_string, hash));
}

}  // namespace

// RFC 6960 section 4.2.1.
result<std::string> write_response(const response_content& c, const crypto::identity& responder) {
  const std::string outer_status = write_enumerated(static_cast<unsigned>(c.status));
  if (c.status != response_status::successful) return write(tags::sequence, outer_status);
  std::string answers;
  for (const response_content::answer& a : c.answers) answers += single(a);
  std::string tbs = responder_id(c, responder.certificate) + write_generalized_time(c.produced_at) + write(tags::sequence, answers);
  if (!c.nonce.empty()) {
    const std::string extension = write_extension(oids::nonce, false, write(tags::octet_string, c.nonce));
    tbs += write(tags::context(1, true), write(tags::sequence, extension));
  }
  tbs = write(tags::sequence, tbs);
  const result<signature_parts> signature = sign(tbs, responder.key);
  if (!signature) return signature.error();
  std::string basic = tbs + signature->algorithm + signature->value;
  if (c.with_certificates) {
    std::string certificates = responder.certificate.der();
    for (const crypto::certificate& other : responder.others) certificates += other.der();
    basic += write(tags::context(0, true), write(tags::sequence, certificates));
  }
  const std::string bytes = write_oid(oids::basic) + write(tags::octet_string, write(tags::sequence, basic));
  return write(tags::sequence, outer_status + write(tags::context(0, true), write(tags::sequence, bytes)));
}

}  // namespace shep::revocation::ocsp
