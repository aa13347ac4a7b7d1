#include "cms/check_signer.hpp"

#include "cms/algorithms.hpp"
#include "cms/problems.hpp"
#include "crypto/digest.hpp"
#include "crypto/problems.hpp"
#include "eds/problems.hpp"

namespace shep::cms {
namespace {

using namespace crypto::asn1;
using eds::judgement;
using eds::sub_indication;

void bad_attribute(judgement& j, std::string what, const std::string& where, sub_indication reason = sub_indication::format_failure) {
  j.fail(reason, {problems::cms_attributes, std::move(what), where + ".signedAttrs"});
}

/// RFC 5652 section 11.1.
void check_content_type(const signer_info& s, std::string_view content_type, const std::string& where, judgement& j) {
  const auto value = single_value(s.signed_attributes, oid::content_type, "contentType", where, j);
  if (!value) return bad_attribute(j, "the signed attribute contentType is missing", where);
  failure f;
  reader r(value->whole, f);
  const std::string declared = r.oid("the attribute contentType");
  if (f.happened) return bad_attribute(j, f.what, where);
  if (declared != content_type)
    bad_attribute(j, "the attribute contentType says " + declared + ", the content is of type " + std::string(content_type), where,
                  sub_indication::sig_constraints_failure);
}

/// RFC 5652 section 11.2.
void check_message_digest(const signer_info& s, crypto::digest_algorithm algorithm, shared_work& work, const std::string& where,
                          judgement& j, eds::reference_report& line) {
  const auto value = single_value(s.signed_attributes, oid::message_digest, "messageDigest", where, j);
  if (!value) return bad_attribute(j, "the signed attribute messageDigest is missing", where);
  if (value->tag != tags::octet_string) return bad_attribute(j, "the attribute messageDigest is not an OCTET STRING", where);
  const std::string& computed = work.digest(algorithm);
  line.declared = to_base64(value->content);
  line.computed = to_base64(computed);
  line.matches = equal_constant_time(value->content, computed);
  if (!line.matches)
    j.fail(sub_indication::hash_failure, {problems::hash_failure,
                                          "messageDigest differs: declared " + line.declared + ", computed " + line.computed + " over " +
                                              std::to_string(line.canonical_length) + " octets of content",
                                          where, "the content was changed after signing, or it is not the content that was signed"});
}

std::optional<time_point> read_signing_time(const signer_info& s, const std::string& where, judgement& j) {
  const auto value = single_value(s.signed_attributes, oid::signing_time, "signingTime", where, j);
  if (!value) return std::nullopt;
  failure f;
  reader r(value->whole, f);
  const time_point time = r.time("the attribute signingTime");
  if (!f.happened) return time;
  bad_attribute(j, f.what, where);
  return std::nullopt;
}

bool check_ess(const signer_info& s, const crypto::certificate& c, const std::string& where, judgement& j) {
  bool named = false;
  for (const bool v2 : {true, false}) {
    const auto value = single_value(s.signed_attributes, v2 ? oid::signing_certificate_v2 : oid::signing_certificate,
                                    v2 ? "signingCertificateV2" : "signingCertificate", where, j);
    if (!value) continue;
    const auto fits = check_signing_certificate(*value, v2, c);
    if (!fits) {
      const problem why = fits.error();
      j.fail(sub_indication::sig_constraints_failure, {why.code, why.detail, where + ".signedAttrs", why.hint});
    }
    named = true;
  }
  return named;
}

/// Signed attributes of one signature, taken for the content of another that has none, would verify: such content is no document.
bool looks_like_signed_attributes(std::string_view content) {
  failure f;
  reader outer(content, f);
  if (!outer.next_is(tags::set)) return false;
  reader list = outer.enter(tags::set, "attributes");
  outer.end("attributes");
  bool digest = false;
  while (list.more()) {
    reader one = list.enter(tags::sequence, "an attribute");
    digest |= one.oid("a type") == oid::message_digest;
    one.read(tags::set, "values");
    one.end("an attribute");
  }
  return digest && !f.happened;
}

/// ds:SignedInfo in canonical form, as XML Signature signs it: the value of such a signature would verify as that of a CMS over it. A
/// canonical form begins with the element, whatever its prefix.
bool looks_like_signed_info(std::string_view content) {
  if (!content.starts_with('<')) return false;
  std::string_view name = content.substr(1, content.find_first_of(" \t\r\n/>") - 1);
  if (const auto colon = name.find(':'); colon != std::string_view::npos) name.remove_prefix(colon + 1);
  return name == "SignedInfo";
}

void check_without_attributes(std::string_view content_type, const shared_work& work, const std::string& where, judgement& j) {
  if (content_type != oid::data)
    j.fail(sub_indication::sig_constraints_failure,
           {problems::cms_attributes, "without signed attributes the content has to be of type data, it is " + std::string(content_type),
            where});
  if (looks_like_signed_attributes(work.content()))
    j.fail(sub_indication::sig_constraints_failure,
           {problems::cms_attributes, "the content of a signature without signed attributes is itself a set of signed attributes", where,
            "this is how a signature is moved to another content; sign with signed attributes"});
  if (looks_like_signed_info(work.content()))
    j.fail(sub_indication::sig_constraints_failure,
           {problems::cms_attributes, "the content of a signature without signed attributes is the SignedInfo of an XML signature", where,
            "this is how an XML signature is shown as one over a file; sign with signed attributes"});
  j.warn({problems::cms_attributes,
          "the signature has no signed attributes: nothing in it tells that its octets were signed as this content", where,
          "the same value verifies wherever the same octets are signed by another protocol; sign with signed attributes"});
}

/// The signature value over the attributes, or over the content when there are none.
void check_value(const signer_info& s, const crypto::certificate& c, crypto::signature_algorithm scheme, shared_work& work,
                 const std::string& where, judgement& j, eds::reference_report& line) {
  // The content may be large and the signers many: it is digested once for all of them.
  const auto holds = s.has_signed_attributes ? c.key().verify(scheme, s.signed_octets, s.signature)
                                             : c.key().verify_digest(scheme, work.digest(crypto::digest_of(scheme)), s.signature);
  if (!s.has_signed_attributes) line.matches = static_cast<bool>(holds);
  if (holds) return;
  const problem why = holds.error();
  if (why.code != problems::crypto_signature)
    return j.fail(sub_indication::crypto_constraints_failure, {problems::signature_constraints, why.detail, where, why.hint});
  j.fail(sub_indication::sig_crypto_failure,
         {problems::signature_crypto_failure, "the signature value does not match under the key of " + c.info().subject, where,
          s.has_signed_attributes ? "the signed attributes were changed or re-encoded after signing, or another key made it"
                                  : "the content was changed after signing, or another key made the signature"});
}

std::optional<crypto::certificate> find_certificate(const signer_info& s, const shared_work& work, const std::string& where, judgement& j) {
  auto found = work.certificate_of(s);
  if (found) return std::move(*found);
  const problem why = found.error();
  const bool missing = why.code == problems::signing_certificate_missing;
  j.fail(missing ? sub_indication::no_signing_certificate_found : sub_indication::sig_constraints_failure,
         {why.code, why.detail, where, why.hint});
  return std::nullopt;
}

}  // namespace

std::optional<element> single_value(const std::vector<attribute>& attributes, std::string_view oid, std::string_view name,
                                    const std::string& where, judgement& j) {
  std::optional<element> found;
  for (const attribute& a : attributes) {
    if (a.oid != oid) continue;
    if (found || a.values.size() != 1) bad_attribute(j, "the attribute " + std::string(name) + " is not there once with one value", where);
    if (!found && !a.values.empty()) found = a.values.front();
  }
  return found;
}

checked_signer check_signer(const signer_info& s, std::string_view content_type, shared_work& work, const eds::checking& with,
                            const std::string& where, judgement& j, eds::signature_report& out) {
  checked_signer done;
  done.certificate = find_certificate(s, work, where, j);
  out.algorithm = s.signature_oid;
  out.references.emplace_back();
  eds::reference_report& line = out.references.back();
  line.uri = content_type;
  line.digest_algorithm = s.digest_oid;
  line.target.xpath = "eContent";
  line.canonical_length = work.content().size();

  const auto digest = crypto::digest_by_oid(s.digest_oid);
  if (!digest || !crypto::supported(*digest)) {
    j.fail(sub_indication::crypto_constraints_failure,
           {problems::signature_constraints, "digest algorithm " + s.digest_oid + " is not accepted", where});
    return done;
  }
  if (s.has_signed_attributes) {
    check_content_type(s, content_type, where, j);
    check_message_digest(s, *digest, work, where, j, line);
    done.signing_time = read_signing_time(s, where, j);
  } else {
    check_without_attributes(content_type, work, where, j);
  }
  if (!done.certificate) return done;

  done.names_certificate = check_ess(s, *done.certificate, where, j);
  const auto scheme = scheme_of(s.digest_oid, s.signature_oid, done.certificate->key().kind());
  if (!scheme) {
    j.fail(sub_indication::sig_constraints_failure, {problems::signature_constraints, scheme.error().detail, where});
    return done;
  }
  done.scheme = *scheme;
  eds::judge_algorithm("signature algorithm", crypto::name_of(*scheme), crypto::is_weak(*scheme),
                       *scheme == crypto::signature_algorithm::gost2015_256, where, with, j);
  check_value(s, *done.certificate, *scheme, work, where, j, line);
  return done;
}

}  // namespace shep::cms
