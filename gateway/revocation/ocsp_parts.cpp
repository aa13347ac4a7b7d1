#include "revocation/ocsp_parts.hpp"

#include "crypto/name.hpp"
#include "revocation/problems.hpp"

namespace shep::revocation::ocsp {
namespace {

using namespace crypto::asn1;

constexpr std::size_t most_answers = 64;
constexpr std::size_t most_certificates = 8;
constexpr std::size_t most_extensions = 32;

// RFC 6960 writes GeneralizedTime where certificates may also write UTCTime.
time_point generalized(reader& r, std::string_view what) {
  if (r.more() && !r.next_is(tags::generalized_time)) r.fail(std::string(what) + " is not a GeneralizedTime");
  return r.time(what);
}

/// `known(oid, value)` takes what it knows and returns true; the rest may be anything that is not critical.
template <class Known>
void read_extensions(reader& r, std::string_view what, const Known& known) {
  reader list = r.enter(tags::sequence, what);
  std::size_t count = 0;
  while (list.more()) {
    if (++count > most_extensions) list.fail("too many extensions");
    reader extension = list.enter(tags::sequence, "an extension");
    const std::string oid = extension.oid("an extension's identifier");
    const bool critical = extension.next_is(tags::boolean) && extension.boolean("an extension's critical flag");
    const element value = extension.read(tags::octet_string, "an extension's value");
    extension.end("an extension");
    if (!known(list, oid, value) && critical) list.fail("the critical extension " + oid + " is not known here");
  }
}

void read_single_extensions(reader& r, single_response& out) {
  read_extensions(r, "singleExtensions", [&](reader& list, const std::string& oid, const element& value) {
    if (oid != oids::archive_cutoff) return false;
    if (out.archive_cutoff) list.fail("archiveCutoff is given twice");
    reader content = list.inside(value, "archiveCutoff");
    out.archive_cutoff = generalized(content, "archiveCutoff");
    content.end("archiveCutoff");
    return true;
  });
}

void read_response_extensions(reader& r, basic_response& out) {
  read_extensions(r, "responseExtensions", [&](reader& list, const std::string& oid, const element& value) {
    if (oid != oids::nonce) return false;
    if (out.nonce) list.fail("the nonce is given twice");
    out.nonce = nonce_of(value.content);
    return true;
  });
}

void read_revoked(reader& r, const element& e, single_response& out) {
  reader body = r.inside(e, "revoked");
  out.what = state::revoked;
  out.revoked_at = generalized(body, "revocationTime");
  if (body.next_is(tags::context(0, true))) {
    reader wrapped = body.enter(tags::context(0, true), "revocationReason");
    const std::string_view code = wrapped.read(tags::enumerated, "revocationReason").content;
    wrapped.end("revocationReason");
    out.why = code.size() == 1 ? reason_of(static_cast<unsigned char>(code[0])) : std::nullopt;
    if (!out.why) wrapped.fail("revocationReason is not one of RFC 5280");
  }
  body.end("revoked");
  if (out.why == reason::certificate_hold) out.what = state::on_hold;
}

// RFC 6960 section 4.2.1.
single_response read_single(reader& list) {
  single_response out;
  reader body = list.enter(tags::sequence, "a SingleResponse");
  out.id = read_id(body);
  const element status = body.any("certStatus");
  const bool primitive_empty = status.content.empty();
  if (status.tag == tags::context(0, false) && primitive_empty) out.what = state::good;
  else if (status.tag == tags::context(1, true)) read_revoked(body, status, out);
  else if (status.tag == tags::context(2, false) && primitive_empty) out.what = state::unknown;
  else body.fail("certStatus is none of good, revoked and unknown");
  out.this_update = generalized(body, "thisUpdate");
  if (body.next_is(tags::context(0, true))) {
    reader wrapped = body.enter(tags::context(0, true), "nextUpdate");
    out.next_update = generalized(wrapped, "nextUpdate");
    wrapped.end("nextUpdate");
  }
  if (body.next_is(tags::context(1, true))) {
    reader extensions = body.enter(tags::context(1, true), "singleExtensions");
    read_single_extensions(extensions, out);
    extensions.end("singleExtensions");
  }
  body.end("a SingleResponse");
  if (out.next_update && *out.next_update < out.this_update) body.fail("nextUpdate is before thisUpdate");
  return out;
}

void read_responder(reader& tbs, basic_response& out) {
  if (tbs.next_is(tags::context(1, true))) {
    const element wrapped = tbs.any("responderID");
    out.responder_name = wrapped.content;
    reader name = tbs.inside(wrapped, "responderID");
    crypto::read_name(name, "responderID");
    name.end("responderID");
  } else {
    reader wrapped = tbs.enter(tags::context(2, true), "responderID");
    out.responder_key_hash = wrapped.octet_string("responderID");
    wrapped.end("responderID");
    if (out.responder_key_hash.size() != 20) wrapped.fail("responderID is not the SHA-1 of a key");
  }
}

basic_response read_basic(reader& r) {
  basic_response out;
  reader whole = r.enter(tags::sequence, "BasicOCSPResponse");
  const element tbs_element = whole.read(tags::sequence, "tbsResponseData");
  out.tbs = tbs_element.whole;
  reader tbs = whole.inside(tbs_element, "tbsResponseData");
  if (tbs.next_is(tags::context(0, true))) tbs.enter(tags::context(0, true), "the version").small_integer("the version", 0);
  read_responder(tbs, out);
  out.produced_at = generalized(tbs, "producedAt");
  reader list = tbs.enter(tags::sequence, "responses");
  while (list.more()) {
    if (out.answers.size() == most_answers) list.fail("more than " + std::to_string(most_answers) + " certificates are answered for");
    out.answers.push_back(read_single(list));
  }
  if (tbs.next_is(tags::context(1, true))) {
    reader extensions = tbs.enter(tags::context(1, true), "responseExtensions");
    read_response_extensions(extensions, out);
    extensions.end("responseExtensions");
  }
  tbs.end("tbsResponseData");
  if (out.answers.empty()) tbs.fail("no certificate is answered for");

  out.algorithm_oid = read_algorithm(whole, "signatureAlgorithm");
  out.signature = whole.bit_string("the signature value");
  if (whole.next_is(tags::context(0, true))) {
    reader wrapped = whole.enter(tags::context(0, true), "certs");
    reader certificates = wrapped.enter(tags::sequence, "certs");
    wrapped.end("certs");
    while (certificates.more()) {
      if (out.certificates.size() == most_certificates)
        certificates.fail("more than " + std::to_string(most_certificates) + " certificates come along");
      out.certificates.push_back(certificates.read(tags::sequence, "a certificate").whole);
    }
  }
  whole.end("BasicOCSPResponse");
  return out;
}

response_status read_status(reader& whole) {
  const std::string_view code = whole.read(tags::enumerated, "responseStatus").content;
  const unsigned value = code.size() == 1 ? static_cast<unsigned char>(code[0]) : 255;
  if (value > static_cast<unsigned>(response_status::unauthorized) || value == 4) whole.fail("responseStatus is not one of RFC 6960");
  return static_cast<response_status>(value);
}

}  // namespace

result<any_response> read_parts(std::string_view der) {
  if (der.size() > largest_message)
    return problem(problems::ocsp_format, "the answer has " + std::to_string(der.size()) + " octets, allowed are 65536");
  failure f;
  any_response out;
  reader outer(der, f);
  reader whole = outer.enter(tags::sequence, "the OCSP answer");
  outer.end("the OCSP answer");
  out.status = read_status(whole);
  if (f.happened) return f.as(problems::ocsp_format);
  // Other answers than successful ones are not signed: what else stands in them says nothing.
  if (out.status != response_status::successful) return out;
  reader wrapped = whole.enter(tags::context(0, true), "responseBytes");
  whole.end("the OCSP answer");
  reader bytes = wrapped.enter(tags::sequence, "responseBytes");
  wrapped.end("responseBytes");
  const std::string type = bytes.oid("responseType");
  if (!f.happened && type != oids::basic) bytes.fail("the answer is of type " + type + ", only id-pkix-ocsp-basic is known here");
  const element response = bytes.read(tags::octet_string, "response");
  bytes.end("responseBytes");
  reader inside = bytes.inside(response, "response");
  out.basic = read_basic(inside);
  inside.end("response");
  if (f.happened) return f.as(problems::ocsp_format);
  return out;
}

}  // namespace shep::revocation::ocsp
