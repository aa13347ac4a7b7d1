#include "cms/problems.hpp"
#include "cms/tst_info.hpp"
#include "crypto/asn1_write.hpp"

/// RFC 3161 section 2.4.1.
namespace shep::cms {

using namespace crypto::asn1;

std::string write_request(const time_stamp_request& q) {
  std::string body = write_small(1) + write_message_imprint(q.digest, q.imprint);
  if (!q.policy.empty()) body += write_oid(q.policy);
  if (!q.nonce.empty()) body += write_unsigned(q.nonce);
  if (q.certificates) body += write_boolean(true);
  return write(tags::sequence, body);
}

result<time_stamp_request> read_request(std::string_view der) {
  constexpr std::size_t longest = 16384;
  if (der.size() > longest) return problem(problems::time_stamp_format, "the time-stamp request is longer than 16 KiB");
  time_stamp_request q;
  failure f;
  reader outer(der, f);
  reader r = outer.enter(tags::sequence, "TimeStampReq");
  outer.end("TimeStampReq");
  if (r.small_integer("the request's version", 255) != 1 && !r.failed()) r.fail("the request's version is not 1");
  const message_imprint imprint = read_message_imprint(r);
  if (r.next_is(tags::oid)) q.policy = r.oid("reqPolicy");
  if (r.next_is(tags::integer)) q.nonce = read_natural(r, "nonce");
  // DER forbids writing the default FALSE; clients do, and nothing hangs on it.
  q.certificates = r.next_is(tags::boolean) && r.boolean("certReq");
  const auto extensions = r.read_if(tags::context(0, true), "extensions");
  r.end("TimeStampReq");
  if (f.happened) return f.as(problems::time_stamp_format);
  if (extensions) return problem(problems::time_stamp_extension, "the request has extensions; none are known here");
  if (!imprint.digest)
    return problem(problems::time_stamp_algorithm, "the imprint's hash algorithm " + imprint.digest_oid + " is not known here");
  q.digest = *imprint.digest;
  q.imprint = imprint.octets;
  return q;
}

}  // namespace shep::cms
