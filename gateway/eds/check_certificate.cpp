#include "eds/check_certificate.hpp"

#include "crypto/problems.hpp"
#include "eds/problems.hpp"

#include <algorithm>

namespace shep::eds {
namespace {

constexpr std::string_view client_auth = "1.3.6.1.5.5.7.3.2", email_protection = "1.3.6.1.5.5.7.3.4";

bool contains(const std::vector<std::string>& all, std::string_view one) { return std::find(all.begin(), all.end(), one) != all.end(); }

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& w : words) out += (out.empty() ? "" : ", ") + w;
  return out.empty() ? "none" : out;
}

/// kz-eds.md section 4: an AUTH key is for logging in. It may not sign, whatever its owner thinks; a certificate of another authority may
/// have no extended key usage at all, and one of 2024 and later serves both.
bool made_for_logging_in(const crypto::certificate& c) {
  const auto& usage = c.info().extended_key_usage;
  return c.role() == crypto::key_usage_role::auth && contains(usage, client_auth) && !contains(usage, email_protection);
}

/// RFC 3161 section 2.3 and RFC 6960 section 4.2.2.2: such a key signs what its service signs, and nothing else.
bool made_for_a_service(const crypto::certificate& c) {
  const auto& usage = c.info().extended_key_usage;
  const auto service = [](const std::string& oid) { return oid == "1.3.6.1.5.5.7.3.8" || oid == "1.3.6.1.5.5.7.3.9"; };
  return !usage.empty() && std::all_of(usage.begin(), usage.end(), service);
}

/// Is the certificate's policy the wanted one, or below that arc?
bool below(std::string_view policy, std::string_view wanted) {
  return policy.starts_with(wanted) && (policy.size() == wanted.size() || policy[wanted.size()] == '.');
}

sub_indication reason_for_chain(const problem& p) {
  if (p.code == problems::certificate_expired) return sub_indication::expired;
  if (p.code == problems::certificate_not_yet_valid) return sub_indication::not_yet_valid;
  return sub_indication::no_certificate_chain_found;
}

problem at(problem why, const place& where) {
  why.where = where.told();
  return why;
}

}  // namespace

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

result<void> check_rules(const crypto::certificate& c, const certificate_rules& rules) {
  if (made_for_a_service(c))
    return problem(problems::signing_certificate_usage, "the certificate is made for time stamps or OCSP answers only", {},
                   "use a SIGN certificate");
  if (rules.signing_key && made_for_logging_in(c))
    return problem(problems::signing_certificate_usage, "the certificate is an AUTH certificate, made for logging in", {},
                   "use a SIGN certificate");
  if (!rules.roles.empty()) {
    const auto held = c.key_user();
    if (std::none_of(rules.roles.begin(), rules.roles.end(), [&](const std::string& role) { return contains(held, role); }))
      return problem(problems::signing_certificate_role,
                     "the certificate's role is " + joined(held) + ", one of these is required: " + joined(rules.roles), {},
                     "sign with a certificate of a required role");
  }
  const auto& held = c.info().policies;
  const auto fits = [&](const std::string& wanted) {
    return std::any_of(held.begin(), held.end(), [&](const std::string& policy) { return below(policy, wanted); });
  };
  if (!rules.policies.empty() && std::none_of(rules.policies.begin(), rules.policies.end(), fits))
    return problem(problems::signing_certificate_policy,
                   "the certificate's policies are " + joined(held) + ", one of these is required: " + joined(rules.policies), {},
                   "sign with a certificate issued under a required policy");
  return {};
}

std::vector<crypto::certificate> check_chain(const crypto::certificate& c, const place& where, const checking& with, judgement& j,
                                             signature_report& out) {
  if (with.rules.detailed) out.certificate = describe_certificate(c);
  auto chain = with.trust.build(c, with.at);
  if (!chain) {
    const problem why = chain.error();
    j.fail(reason_for_chain(why), {problems::signing_certificate_invalid, why.detail, where.told(), why.hint});
    return {};
  }
  if (chain->weak_signature)
    j.warn({problems::signature_constraints, "a certificate of the chain is signed by a weak algorithm", where.told()});
  if (chain->mixed_kinds) j.warn({problems::signature_constraints, "the chain mixes keys of different kinds", where.told()});
  for (std::size_t i = 1; with.rules.detailed && i < chain->path.size(); ++i) out.chain.push_back(describe_certificate(chain->path[i]));
  return std::move(chain->path);
}

std::vector<crypto::certificate> check_certificate(const crypto::certificate& c, const place& where, const checking& with, judgement& j,
                                                   signature_report& out) {
  const auto& info = c.info();
  if (const auto ok = check_rules(c, with.rules.rules); !ok) j.fail(sub_indication::chain_constraints_failure, at(ok.error(), where));
  if (info.has_key_usage && !info.digital_signature && !info.non_repudiation)
    j.fail(sub_indication::chain_constraints_failure,
           {problems::signing_certificate_usage, "the certificate's keyUsage does not allow signatures", where.told(),
            "use a SIGN certificate"});
  return check_chain(c, where, with, j, out);
}

}  // namespace shep::eds
