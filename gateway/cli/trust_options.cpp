#include "cli/trust_options.hpp"

#include "core/date_time.hpp"

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

}  // namespace

void trust_options::add_to(CLI::App& command) {
  command.add_option("--trusted", trusted, "PEM or DER file, or folder: CA certificates to trust (repeatable)");
  command.add_option("--certificate", certificates, "certificates of signers that name issuer and serial number only (repeatable)");
  command.add_option("--at", at, "judge validity at this time (2030-01-02T03:04:05Z); default: now");
  command.add_flag("--compat", compat, "accept SHA-1 algorithms, reported as weak");
}

result<crypto::trust_store> trust_options::store() const {
  auto given = load_all(trusted);
  if (!given) return given.error();
  auto known = load_all(certificates);
  if (!known) return known.error();
  crypto::trust_store::contents contents;
  for (const crypto::certificate& c : *given) {
    // An issuing CA beside its root is a link of the chain; one that comes alone was named to be trusted itself.
    const bool has_issuer = std::any_of(given->begin(), given->end(), [&](const crypto::certificate& other) {
      return other.sha256() != c.sha256() && other.info().subject_der == c.info().issuer_der;
    });
    (self_issued(c) || !has_issuer ? contents.anchors : contents.intermediates).push_back(c);
  }
  contents.known = std::move(*known);
  return crypto::trust_store(std::move(contents));
}

result<time_point> trust_options::moment() const {
  if (at.empty()) return system_clock().now();
  const auto parsed = parse_date_time(at);
  if (!parsed) return problem(problems::usage, parsed.error().detail, "--at");
  return parsed->utc;
}

}  // namespace shep::cli
