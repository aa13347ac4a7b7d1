#include "eds/check.hpp"

#include "core/bytes.hpp"
#include "crypto/digest.hpp"
#include "crypto/problems.hpp"
#include "eds/problems.hpp"

#include <algorithm>

namespace shep::eds {
namespace {

class digest_sink final : public xml::octet_sink {
 public:
  digest_sink(crypto::digest_algorithm algorithm, bool keep) : digester_(algorithm), keep_(keep) {}
  void write(std::string_view octets) override {
    digester_.update(octets);
    length_ += octets.size();
    if (keep_) kept_.append(octets);
  }
  std::string finish() { return digester_.finish(); }
  std::size_t length() const { return length_; }
  std::string take() { return std::move(kept_); }

 private:
  crypto::digester digester_;
  bool keep_;
  std::size_t length_ = 0;
  std::string kept_;
};

xml::c14n_options options_for(const canonicalization& c) {
  xml::c14n_options o;
  o.exclusive = c.method.exclusive;
  o.with_comments = c.method.with_comments;
  o.inclusive_prefixes = c.inclusive_prefixes;
  return o;
}

certificate_report describe_certificate(const crypto::certificate& c) {
  const auto& info = c.info();
  const auto role = c.role();
  return {info.subject,
          info.issuer,
          info.serial_hex,
          info.iin,
          info.bin,
          info.common_name,
          info.not_before,
          info.not_after,
          role == crypto::key_usage_role::sign ? "SIGN" : role == crypto::key_usage_role::auth ? "AUTH" : "UNKNOWN",
          c.key_user()};
}

sub_indication reason_for_chain(const problem& p) {
  if (p.code == problems::certificate_expired) return sub_indication::expired;
  if (p.code == problems::certificate_not_yet_valid) return sub_indication::not_yet_valid;
  return sub_indication::no_certificate_chain_found;
}

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

void check_certificate(const crypto::certificate& c, const checking& with, judgement& j, signature_report& out, xml::element at) {
  const auto& info = c.info();
  // kz-eds.md section 4: an AUTH key is for logging in. It may not sign, whatever its owner thinks (C04).
  const auto has = [&](std::string_view oid) {
    return std::find(info.extended_key_usage.begin(), info.extended_key_usage.end(), oid) != info.extended_key_usage.end();
  };
  if (c.role() == crypto::key_usage_role::auth && has("1.3.6.1.5.5.7.3.2") && !has("1.3.6.1.5.5.7.3.4"))
    j.fail(sub_indication::chain_constraints_failure,
           {problems::signing_certificate_invalid, "the certificate is an AUTH certificate, made for logging in", at.xpath(),
            "use a SIGN certificate"});
  if (info.has_key_usage && !info.digital_signature && !info.non_repudiation)
    j.fail(sub_indication::chain_constraints_failure,
           {problems::signing_certificate_invalid, "the certificate's keyUsage does not allow signatures", at.xpath(),
            "use a SIGN certificate"});
  const auto chain = with.trust.build(c, with.at);
  if (!chain) {
    const problem why = chain.error();
    j.fail(reason_for_chain(why), {problems::signing_certificate_invalid, why.detail, at.xpath(), why.hint});
    return;
  }
  for (std::size_t i = 1; with.rules.detailed && i < chain->path.size(); ++i) out.chain.push_back(describe_certificate(chain->path[i]));
}

reference_report described(const reference& r) {
  reference_report line;
  line.uri = r.uri;
  line.transforms = r.transforms;
  line.digest_algorithm = r.digest.uri;
  line.declared = to_base64(r.digest_value);
  return line;
}

}  // namespace

void judgement::fail(sub_indication reason, problem why) {
  report_.findings.push_back({finding::severity::error, std::string(why.code.name), why.detail, why.where, why.hint});
  if (reason_ != sub_indication::none && reason_ <= reason) return;
  reason_ = reason;
  failure_ = std::move(why);
}

void judgement::warn(const problem& why) {
  report_.findings.push_back({finding::severity::warning, std::string(why.code.name), why.detail, why.where, why.hint});
}

std::optional<crypto::certificate> check_signature_value(const signature& s, xml::element root, const checking& with, judgement& j,
                                                         signature_report& out) {
  out.algorithm = s.method.uri;
  const auto certificate = find_certificate(s.key, with.trust);
  if (!certificate) {
    problem why = certificate.error();
    if (why.where.empty()) why.where = s.node.xpath();
    const bool missing = why.code == problems::signing_certificate_missing;
    j.fail(missing ? sub_indication::no_signing_certificate_found : sub_indication::format_failure,
           {missing ? problems::signing_certificate_missing : problems::signature_format, why.detail, why.where, why.hint});
    return std::nullopt;
  }
  if (with.rules.detailed) out.certificate = describe_certificate(*certificate);

  if (s.method.weak) {
    const problem weak(problems::signature_constraints, "signature algorithm '" + std::string(s.method.uri) + "' is weak", s.node.xpath());
    if (with.rules.compat) j.warn(weak);
    else j.fail(sub_indication::sig_constraints_failure, weak);
  }
  if (certificate->key().kind() != crypto::key_of(s.method.algorithm)) {
    j.fail(sub_indication::sig_constraints_failure, {problems::signature_constraints,
                                                     "the certificate holds a " + std::string(crypto::name_of(certificate->key().kind())) +
                                                         " key, the signature claims '" + std::string(s.method.uri) + "'",
                                                     s.node.xpath()});
    return *certificate;
  }
  xml::string_sink signed_info;
  xml::c14n_options options = options_for(s.canonical);
  options.root = root;
  if (const auto ok = xml::canonicalize(s.signed_info, options, signed_info); !ok) {
    j.fail(sub_indication::format_failure, {problems::signature_format, ok.error().detail, s.signed_info.xpath()});
  } else if (const auto holds = certificate->key().verify(s.method.algorithm, signed_info.text, s.value); !holds) {
    const problem why = holds.error();
    if (why.code == problems::crypto_signature)
      j.fail(
          sub_indication::sig_crypto_failure,
          {problems::signature_crypto_failure, "SignatureValue does not match SignedInfo under the key of " + certificate->info().subject,
           s.node.xpath(), "SignedInfo was changed after signing, or another key made the signature than the certificate names"});
    else j.fail(sub_indication::crypto_constraints_failure, {problems::signature_constraints, why.detail, s.node.xpath(), why.hint});
  }
  check_certificate(*certificate, with, j, out, s.node);
  return *certificate;
}

void check_reference(const reference& r, const reference_target& target, const signature& s, const checking& with, judgement& j,
                     signature_report& out) {
  reference_report line = described(r);
  line.target.element = target.element;
  if (with.rules.detailed) line.target.xpath = target.element.xpath();

  if (r.digest.weak) {
    const problem weak(problems::signature_constraints, "digest algorithm '" + std::string(r.digest.uri) + "' is weak", r.node.xpath());
    if (with.rules.compat) j.warn(weak);
    else j.fail(sub_indication::sig_constraints_failure, weak);
  }
  if (!crypto::supported(r.digest.algorithm)) {
    j.fail(sub_indication::crypto_constraints_failure,
           {problems::signature_constraints, "digest algorithm '" + std::string(r.digest.uri) + "' is not available in this version",
            r.node.xpath()});
    out.references.push_back(std::move(line));
    return;
  }
  // XML Signature section 4.4.3.2: without a canonicalization transform a node-set becomes octets by Canonical XML 1.0 without comments.
  xml::c14n_options options = options_for(r.canonical.value_or(canonicalization{*find_c14n_method(uri::c14n), {}}));
  // XML Signature section 4.4.3.3: "" and "#id" stand for a node-set without comments, whatever canonicalization follows.
  options.with_comments = false;
  options.root = target.root;
  if (r.enveloped) options.omit = s.node;
  digest_sink sink(r.digest.algorithm, with.rules.keep_canonical);
  const auto done =
      target.whole != nullptr ? xml::canonicalize(*target.whole, options, sink) : xml::canonicalize(target.element, options, sink);
  if (!done) {
    j.fail(sub_indication::format_failure, {problems::signature_format, done.error().detail, done.error().where});
    out.references.push_back(std::move(line));
    return;
  }
  const std::string computed = sink.finish();
  line.computed = to_base64(computed);
  line.canonical_length = sink.length();
  line.canonical = sink.take();
  line.matches = equal_constant_time(computed, r.digest_value);
  if (!line.matches)
    j.fail(sub_indication::hash_failure,
           {problems::hash_failure,
            "the digest of Reference \"" + r.uri + "\" differs: declared " + line.declared + ", computed " + line.computed + " over " +
                std::to_string(line.canonical_length) + " canonical octets of " + line.target.xpath,
            line.target.xpath, "the signed element was changed after signing: re-indented, re-serialised, or in another encoding"});
  out.references.push_back(std::move(line));
}

void list_unresolved(const reference& r, signature_report& out) { out.references.push_back(described(r)); }

void conclude(const judgement& j, signature_report& s, report& r) {
  s.reason = j.reason();
  s.verdict = indication_for(s.reason);
  r.verdict = s.verdict;
  r.reason = s.reason;
  for (const reference_report& line : s.references)
    if (!line.target.xpath.empty()) (line.matches && j.passed() ? r.covered : r.uncovered).push_back(line.target.xpath);
}

}  // namespace shep::eds
