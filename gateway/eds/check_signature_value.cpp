#include "crypto/problems.hpp"
#include "eds/check.hpp"
#include "eds/check_certificate.hpp"
#include "eds/problems.hpp"

#include <algorithm>

namespace shep::eds {
namespace {

/// The one certificate that issued none of the others: the end of the chain that came along (S43).
result<crypto::certificate> signer_among(const std::vector<std::string>& ders, const crypto::trust_store& trust) {
  if (ders.size() == 1) return trust.decode(ders.front());
  std::vector<crypto::certificate> all;
  for (const std::string& der : ders) {
    auto c = trust.decode(der);
    if (!c) return c;
    all.push_back(std::move(*c));
  }
  const auto issued_none = [&](const crypto::certificate& c) {
    return std::none_of(all.begin(), all.end(), [&](const crypto::certificate& other) {
      return other.sha256() != c.sha256() && other.info().issuer_der == c.info().subject_der;
    });
  };
  const auto leaf = std::find_if(all.begin(), all.end(), issued_none);
  return leaf == all.end() ? all.front() : *leaf;
}

result<crypto::certificate> find_certificate(const key_info& key, const crypto::trust_store& trust) {
  if (key.form == key_info::kind::certificate) return signer_among(key.certificates, trust);
  if (key.form == key_info::kind::none)
    return problem(problems::signing_certificate_missing, "the signature has no KeyInfo", {}, "put the certificate into KeyInfo");
  auto known = trust.find(key.issuer_name, key.serial_decimal);
  if (known) return std::move(*known);
  return problem(problems::signing_certificate_missing,
                 "no configured certificate has issuer '" + key.issuer_name + "' and serial number " + key.serial_decimal, {},
                 "configure the signer's certificate: a signature by issuer and serial number does not carry it");
}

void check_value(const signature& s, xml::element root, const crypto::certificate& who, judgement& j) {
  xml::string_sink signed_info;
  xml::c14n_options options = options_for(s.canonical);
  options.root = root;
  if (const auto ok = xml::canonicalize(s.signed_info, options, signed_info); !ok)
    return j.fail(sub_indication::format_failure, {problems::signature_format, ok.error().detail, s.signed_info.xpath()});
  const auto holds = who.key().verify(s.method.algorithm, signed_info.text, s.value);
  if (holds) return;
  const problem why = holds.error();
  if (why.code == problems::crypto_signature)
    j.fail(sub_indication::sig_crypto_failure,
           {problems::signature_crypto_failure, "SignatureValue does not match SignedInfo under the key of " + who.info().subject,
            s.node.xpath(), "SignedInfo was changed after signing, or another key made the signature than the certificate names"});
  else j.fail(sub_indication::crypto_constraints_failure, {problems::signature_constraints, why.detail, s.node.xpath(), why.hint});
}

}  // namespace

signatory check_signature_value(const signature& s, xml::element root, const checking& with, judgement& j, signature_report& out) {
  out.algorithm = s.method.uri;
  const auto certificate = find_certificate(s.key, with.trust);
  if (!certificate) {
    problem why = certificate.error();
    if (why.where.empty()) why.where = s.node.xpath();
    const bool missing = why.code == problems::signing_certificate_missing;
    j.fail(missing ? sub_indication::no_signing_certificate_found : sub_indication::format_failure,
           {missing ? problems::signing_certificate_missing : problems::signature_format, why.detail, why.where, why.hint});
    return {};
  }
  if (s.method.weak || s.method.inferred)
    judge_algorithm("signature algorithm", s.method.uri, s.method.weak, s.method.inferred, s.node, with, j);
  const crypto::key_kind kind = certificate->key().kind();
  if (kind != crypto::key_of(s.method.algorithm)) {
    if (with.rules.detailed) out.certificate = describe_certificate(*certificate);
    j.fail(sub_indication::sig_constraints_failure, {problems::signature_constraints,
                                                     "the certificate holds a " + std::string(crypto::name_of(kind)) +
                                                         " key, the signature claims '" + std::string(s.method.uri) + "'",
                                                     s.node.xpath()});
    return {*certificate, {}};
  }
  check_value(s, root, *certificate, j);
  auto chain = check_certificate(*certificate, s.node, with, j, out);
  return {*certificate, std::move(chain)};
}

}  // namespace shep::eds
