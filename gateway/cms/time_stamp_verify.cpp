#include "cms/algorithms.hpp"
#include "cms/check_signer.hpp"
#include "cms/problems.hpp"
#include "cms/tst_info.hpp"
#include "core/date_time.hpp"
#include "crypto/digest.hpp"

#include <algorithm>

/// RFC 3161 section 2.3 and 2.4.2, RFC 5126 section 6.1.1.
namespace shep::cms {
namespace {

constexpr std::string_view purpose_time_stamping = "1.3.6.1.5.5.7.3.8";

problem invalid(std::string what, std::string hint = {}) { return {problems::time_stamp_invalid, std::move(what), {}, std::move(hint)}; }

/// The SignedData around a TSTInfo.
struct opened {
  signed_data cms;
  tst_info info;
};

result<opened> open(std::string_view token) {
  if (token.empty() || token.front() != '\x30') return problem(problems::time_stamp_format, "the token does not begin with a SEQUENCE");
  const auto cms = signed_data::read(token);
  if (!cms) return problem(problems::time_stamp_format, "the token is no CMS: " + cms.error().detail, cms.error().where);
  if (cms->content_type() != oid::tst_info || !cms->content())
    return problem(problems::time_stamp_format, "the token's content is " + cms->content_type() + ", a TSTInfo was expected");
  if (cms->version() != 3) return problem(problems::time_stamp_format, "the token's SignedData is not of version 3");
  auto info = read_tst_info(*cms->content());
  if (!info) return info.error();
  return opened{*cms, std::move(*info)};
}

/// The authority's signature over TSTInfo.
result<checked_signer> check_signature(const signed_data& cms, const crypto::trust_store& trust, const time_stamp_rules& rules,
                                       time_point at) {
  if (cms.signers().size() != 1) return invalid("the token has " + std::to_string(cms.signers().size()) + " signers, one was expected");
  eds::policy policy;
  policy.compat = true;  // GOST of 2004 stamps are still given for keys of 2015; SHA-1 is refused below
  policy.detailed = false;
  policy.gost2015_256 = rules.allow_gost2015_256;
  eds::report scratch;
  eds::judgement j(scratch);
  eds::signature_report line;
  shared_work work(cms, *cms.content(), trust);
  checked_signer signer = check_signer(cms.signers().front(), cms.content_type(), work, {trust, policy, at}, "the token", j, line);
  if (!j.passed()) return invalid(j.failure().detail, j.failure().hint);
  if (signer.scheme == crypto::signature_algorithm::rsa_sha1) return invalid("the token is signed with SHA-1");
  if (!signer.names_certificate) return invalid("the token does not say which certificate signed it (attribute signingCertificate)");
  return signer;
}

result<crypto::trust_store::chain> check_authority(const crypto::certificate& c, const crypto::trust_store& trust, time_point at) {
  const auto& info = c.info();
  if (info.extended_key_usage != std::vector<std::string>{std::string(purpose_time_stamping)} || !info.critical_extended_key_usage)
    return invalid("the certificate " + info.subject +
                   " is not an authority's: its extended key usage is not timeStamping alone and critical");
  if (info.has_key_usage && !info.digital_signature && !info.non_repudiation)
    return invalid("the keyUsage of the authority's certificate does not allow signatures");
  auto chain = trust.build(c, at);
  if (!chain) return invalid("the authority's certificate is not accepted at genTime: " + chain.error().detail, chain.error().hint);
  return chain;
}

bool accepted_policy(const std::string& policy, const time_stamp_rules& rules) {
  return policy == tsa_policy_gost2004 || policy == tsa_policy_gost2015 ||
         std::find(rules.policies.begin(), rules.policies.end(), policy) != rules.policies.end();
}

result<void> check_info(const tst_info& info, const crypto::certificate& authority, const time_stamp_rules& rules, time_point at) {
  const time_stamp& says = info.says;
  if (info.critical_extension) return invalid("the token has a critical extension that is not known here");
  if (!info.tsa_name.empty() && !crypto::same_name(info.tsa_name, authority.info().subject_der))
    return invalid("the token names another authority than its certificate");
  if (!accepted_policy(says.policy, rules))
    return invalid("the token's policy " + says.policy + " is not accepted", "add it to the accepted time-stamp policies");
  if (says.gen_time > at + rules.clock_skew) return invalid("the token is of " + format_utc(says.gen_time) + ", which is in the future");
  return {};
}

template <class Imprint>
result<time_stamp> verify(std::string_view token, const crypto::trust_store& trust, const time_stamp_rules& rules, time_point at,
                          const Imprint& check_imprint) {
  auto read = open(token);
  if (!read) return read.error();
  time_stamp& says = read->info.says;
  if (const result<void> fits = check_imprint(says); !fits) return fits.error();
  const auto signer = check_signature(read->cms, trust, rules, at);
  if (!signer) return signer.error();
  const crypto::certificate& authority = *signer->certificate;
  if (const auto good = check_info(read->info, authority, rules, at); !good) return good.error();
  auto chain = check_authority(authority, trust, says.gen_time);
  if (!chain) return chain.error();
  says.tsa = authority.info().subject;
  says.chain = std::move(chain->path);
  if (says.digest == crypto::digest_algorithm::sha1) says.weaknesses.emplace_back("the time stamp's imprint is made with SHA-1");
  if (says.digest == crypto::digest_algorithm::gost34311)
    says.weaknesses.emplace_back("the time stamp's imprint is made with GOST 34.311-95");
  if (crypto::is_weak(*signer->scheme))
    says.weaknesses.emplace_back("the time stamp is signed with " + std::string(crypto::name_of(*signer->scheme)));
  if (chain->weak_signature)
    says.weaknesses.emplace_back("a certificate of the time-stamp authority's chain is signed by a weak algorithm");
  return std::move(says);
}

}  // namespace

result<time_stamp> read_token(std::string_view token) {
  auto read = open(token);
  if (!read) return read.error();
  return std::move(read->info.says);
}

result<time_stamp> verify_token(std::string_view token, std::string_view stamped, const crypto::trust_store& trust,
                                const time_stamp_rules& rules, time_point at) {
  return verify(token, trust, rules, at, [&](const time_stamp& says) -> result<void> {
    if (!crypto::supported(says.digest))
      return invalid("the imprint's digest " + std::string(crypto::name_of(says.digest)) + " is not available in this version");
    if (equal_constant_time(says.imprint, crypto::digest(says.digest, stamped))) return {};
    return invalid("the token's imprint is not the digest of what it should stamp", "the token was made for something else");
  });
}

result<time_stamp> verify_token_imprint(std::string_view token, crypto::digest_algorithm digest, std::string_view imprint,
                                        const crypto::trust_store& trust, const time_stamp_rules& rules, time_point at) {
  return verify(token, trust, rules, at, [&](const time_stamp& says) -> result<void> {
    if (says.digest == digest && equal_constant_time(says.imprint, imprint)) return {};
    return invalid("the token's imprint is not the one that was sent", "the token was made for something else");
  });
}

}  // namespace shep::cms
