#include "crypto/asn1_write.hpp"
#include "revocation/ocsp_parts.hpp"
#include "revocation/problems.hpp"
#include "revocation/signing.hpp"

namespace shep::revocation::ocsp {
namespace {

using namespace crypto::asn1;

constexpr std::size_t most_ids = 16;
constexpr std::size_t most_request_extensions = 16;
constexpr std::size_t longest_nonce = 128;

void read_request_extensions(reader& r, std::string_view what, std::string* nonce) {
  reader list = r.enter(tags::sequence, what);
  std::size_t count = 0;
  while (list.more()) {
    if (++count > most_request_extensions) list.fail("too many extensions");
    reader extension = list.enter(tags::sequence, "an extension");
    const std::string oid = extension.oid("an extension's identifier");
    const bool critical = extension.next_is(tags::boolean) && extension.boolean("an extension's critical flag");
    const std::string_view value = extension.octet_string("an extension's value");
    extension.end("an extension");
    if (oid == oids::nonce && nonce != nullptr) {
      if (!nonce->empty()) list.fail("the nonce is given twice");
      *nonce = nonce_of(value);
      if (nonce->empty() || nonce->size() > longest_nonce) list.fail("the nonce is empty or longer than 128 octets");
    } else if (critical) {
      list.fail("the critical extension " + oid + " is not known here");
    }
  }
}

certificate_id read_one(reader& list) {
  reader one = list.enter(tags::sequence, "a request");
  const any_id id = read_id(one);
  if (one.next_is(tags::context(0, true))) {
    reader extensions = one.enter(tags::context(0, true), "singleRequestExtensions");
    read_request_extensions(extensions, "singleRequestExtensions", nullptr);
    extensions.end("singleRequestExtensions");
  }
  one.end("a request");
  if (!id.digest && !one.failed()) one.fail("hash algorithm " + id.digest_oid + " is not known here");
  return {id.digest.value_or(crypto::digest_algorithm::sha256), id.name_hash, id.key_hash, id.serial};
}

}  // namespace

std::string make_request(const crypto::certificate& cert, const crypto::certificate& issuer, crypto::digest_algorithm d,
                         std::string_view nonce) {
  std::string tbs = write(tags::sequence, write(tags::sequence, write_id(id_of(cert, issuer, d))));
  if (!nonce.empty()) {
    const std::string extension = write_extension(oids::nonce, false, write(tags::octet_string, nonce));
    tbs += write(tags::context(2, true), write(tags::sequence, extension));
  }
  return write(tags::sequence, write(tags::sequence, tbs));
}

// RFC 6960 section 4.1.1.
result<request> read_request(std::string_view der) {
  if (der.size() > largest_message)
    return problem(problems::ocsp_format, "the request has " + std::to_string(der.size()) + " octets, allowed are 65536");
  failure f;
  request out;
  reader outer(der, f);
  reader whole = outer.enter(tags::sequence, "the OCSP request");
  outer.end("the OCSP request");
  reader tbs = whole.enter(tags::sequence, "tbsRequest");
  if (tbs.next_is(tags::context(0, true))) tbs.enter(tags::context(0, true), "the version").small_integer("the version", 0);
  tbs.read_if(tags::context(1, true), "requestorName");
  reader list = tbs.enter(tags::sequence, "requestList");
  while (list.more()) {
    if (out.ids.size() == most_ids) list.fail("more than " + std::to_string(most_ids) + " certificates are asked about");
    out.ids.push_back(read_one(list));
  }
  if (out.ids.empty()) list.fail("no certificate is asked about");
  if (tbs.next_is(tags::context(2, true))) {
    reader extensions = tbs.enter(tags::context(2, true), "requestExtensions");
    read_request_extensions(extensions, "requestExtensions", &out.nonce);
    extensions.end("requestExtensions");
  }
  tbs.end("tbsRequest");
  whole.read_if(tags::context(0, true), "optionalSignature");
  whole.end("the OCSP request");
  if (f.happened) return f.as(problems::ocsp_format);
  return out;
}

}  // namespace shep::revocation::ocsp
