#include "app/ncanode_grounds.hpp"

#include "app/files.hpp"

namespace shep::app {
namespace {

std::vector<crypto::certificate> certificates(const std::string& root, const std::vector<std::string>& paths) {
  std::vector<crypto::certificate> all;
  for (const std::string& path : paths) {
    const auto found = crypto::load_certificates(resolved(root, path));
    if (found) all.insert(all.end(), found->begin(), found->end());
  }
  return all;
}

bool is_dotted_oid(std::string_view text) {
  return text.find('.') != std::string_view::npos && text.find_first_not_of("0123456789.") == std::string_view::npos;
}

}  // namespace

std::shared_ptr<const ncanode::grounds> ncanode_grounds(const config::settings& s, std::vector<problem>& found) {
  if (s.listen.ncanode_port == 0) return nullptr;
  for (const std::string& policy : s.ncanode.tsa_policies)
    if (!is_dotted_oid(policy))
      found.push_back({problems::usage, "'" + policy + "' is not a dotted object identifier", "ncanode.tsa_policies"});
  auto out = std::make_shared<ncanode::grounds>();
  out->trust = std::make_shared<crypto::trust_store>(
      crypto::trust_store::contents{certificates(s.root, s.trust.anchors), certificates(s.root, s.trust.intermediates),
                                    certificates(s.root, s.trust.known), s.ncanode.gost2004});
  out->policy.compat = s.ncanode.gost2004;
  out->limits.body = s.listen.body_limit;
  out->tsa_policies = s.ncanode.tsa_policies;
  return out;
}

}  // namespace shep::app
