#include "cli/trust_options.hpp"

#include "app/revocation_lists.hpp"
#include "core/date_time.hpp"

#include <algorithm>
#include <array>

#include <CLI/CLI.hpp>

namespace shep::cli {
namespace {

result<std::vector<crypto::certificate>> load_all(const std::vector<std::string>& paths) {
  std::vector<crypto::certificate> all;
  for (const std::string& path : paths) {
    auto found = crypto::load_certificates(path);
    if (!found) return found.error();
    all.insert(all.end(), found->begin(), found->end());
  }
  return all;
}

bool self_issued(const crypto::certificate& c) { return c.info().subject_der == c.info().issuer_der; }

constexpr std::array<std::pair<std::string_view, eds::revocation_mode>, 4> modes{{{"none", eds::revocation_mode::none},
                                                                                  {"crl", eds::revocation_mode::crl},
                                                                                  {"ocsp", eds::revocation_mode::ocsp},
                                                                                  {"best-effort", eds::revocation_mode::best_effort}}};

eds::revocation_mode mode_of(std::string_view word) {
  return std::find_if(modes.begin(), modes.end(), [&](const auto& row) { return row.first == word; })->second;
}

crypto::trust_store::contents sorted(const std::vector<crypto::certificate>& given) {
  crypto::trust_store::contents contents;
  for (const crypto::certificate& c : given) {
    // An issuing CA beside its root is a link of the chain; one that comes alone was named to be trusted itself.
    const bool has_issuer = std::any_of(given.begin(), given.end(), [&](const crypto::certificate& other) {
      return other.sha256() != c.sha256() && other.info().subject_der == c.info().issuer_der;
    });
    (self_issued(c) || !has_issuer ? contents.anchors : contents.intermediates).push_back(c);
  }
  return contents;
}

}  // namespace

void trust_options::add_to(CLI::App& command) {
  command.add_option("--trusted", trusted, "PEM or DER file, or folder: CA certificates to trust (repeatable)");
  command.add_option("--certificate", certificates, "certificates of signers that name issuer and serial number only (repeatable)");
  command.add_option("--at", at, "judge validity at this time (2030-01-02T03:04:05Z); default: now");
  command.add_flag("--compat", compat, "accept SHA-1 and the Kazakh algorithms of 2004, reported as weak");
  command.add_flag("--gost2015-256", gost2015_256, "accept GOST 34.10-2015 with 256 bits, whose identifiers are inferred");
  command.add_option("--revocation", revocation, "none, crl, ocsp, or best-effort: OCSP, then the list")
      ->check(CLI::IsMember({"none", "crl", "ocsp", "best-effort"}))
      ->capture_default_str();
  command.add_option("--crl", crl_files, "revocation list in a file, complete or delta (repeatable)");
  command.add_option("--crl-url", crl_urls, "address of a revocation list (repeatable)");
  command.add_option("--ocsp-url", ocsp_urls, "address of an OCSP responder (repeatable)");
  command.add_option("--allow-host", allowed_hosts,
                     "host whose addresses are followed when a certificate of a verified chain names them (repeatable)");
}

result<verifier::parts> trust_options::parts() const {
  auto given = load_all(trusted);
  if (!given) return given.error();
  auto known = load_all(certificates);
  if (!known) return known.error();
  const auto when = moment();
  if (!when) return when.error();
  if (revocation == "none" && !(crl_files.empty() && ocsp_urls.empty() && crl_urls.empty() && allowed_hosts.empty()))
    return problem(problems::usage, "revocation is not asked for, so there is nobody to ask", "--revocation",
                   "add --revocation crl, ocsp or best-effort");
  crypto::trust_store::contents contents = sorted(*given);
  contents.known = std::move(*known);
  contents.allow_weak_signatures = compat;
  contents.allow_gost2015_256 = gost2015_256;
  verifier::parts out{crypto::trust_store(std::move(contents)), {}, *when};
  out.rules.compat = compat;
  out.rules.gost2015_256 = gost2015_256;
  out.rules.revocation = mode_of(revocation);
  if (out.rules.revocation == eds::revocation_mode::none) return out;
  config::settings s;
  s.trust.crl_files = crl_files;
  s.trust.crl_urls = crl_urls;
  s.trust.ocsp_urls = ocsp_urls;
  s.trust.allowed_hosts = allowed_hosts;
  std::vector<problem> wrong;
  app::collector problems_of(wrong);
  out.revocation = app::build_revocation(s, *given, problems_of);
  if (!wrong.empty()) return wrong.front();
  return out;
}

result<time_point> trust_options::moment() const {
  if (at.empty()) return system_clock().now();
  const auto parsed = parse_date_time(at);
  if (!parsed) return problem(problems::usage, parsed.error().detail, "--at");
  return parsed->utc;
}

}  // namespace shep::cli
