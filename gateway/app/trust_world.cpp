#include "app/trust_world.hpp"

#include "app/files.hpp"
#include "app/revocation_lists.hpp"

namespace shep::app {
namespace {

revocation::mode revocation_mode_from(std::string_view word) {
  if (word == "crl") return revocation::mode::crl;
  if (word == "ocsp") return revocation::mode::ocsp;
  return word == "best-effort" ? revocation::mode::best_effort : revocation::mode::none;
}

eds::policy rules_from(const config::trust_settings& t) {
  eds::policy rules;
  rules.compat = t.compat;
  rules.gost2015_256 = t.gost2015_256;
  rules.revocation = revocation_mode_from(t.revocation);
  rules.detailed = false;
  return rules;
}

}  // namespace

std::vector<crypto::certificate> load_all(const std::string& root, const std::vector<std::string>& paths, const std::string& setting,
                                          collector& c) {
  std::vector<crypto::certificate> all;
  for (const std::string& path : paths) {
    auto found = crypto::load_certificates(resolved(root, path));
    if (found) {
      all.insert(all.end(), found->begin(), found->end());
      continue;
    }
    problem why = found.error();
    why.where = setting + ": " + (why.where.empty() ? path : why.where);
    if (why.hint.empty()) why.hint = "name a file or folder of PEM or DER certificates; paths are relative to the root";
    c.add(std::move(why));
  }
  return all;
}

trust_world build_trust(const config::settings& s) {
  trust_world out;
  collector c(out.problems);
  out.rules = rules_from(s.trust);
  crypto::trust_store::contents contents;
  contents.anchors = load_all(s.root, s.trust.anchors, "trust.anchors", c);
  contents.intermediates = load_all(s.root, s.trust.intermediates, "trust.intermediates", c);
  contents.known = load_all(s.root, s.trust.known, "trust.known", c);
  contents.allow_weak_signatures = s.trust.compat;
  contents.allow_gost2015_256 = s.trust.gost2015_256;
  if (out.rules.revocation != revocation::mode::none) {
    std::vector<crypto::certificate> authorities = contents.anchors;
    authorities.insert(authorities.end(), contents.intermediates.begin(), contents.intermediates.end());
    out.revocation = build_revocation(s, authorities, c);
  }
  out.store = std::make_shared<crypto::trust_store>(std::move(contents));
  return out;
}

}  // namespace shep::app
