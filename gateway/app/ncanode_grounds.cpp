#include "app/ncanode_grounds.hpp"

#include "app/collector.hpp"
#include "app/revocation_lists.hpp"
#include "app/trust_world.hpp"
#include "pki_client/client.hpp"

namespace shep::app {
namespace {

bool is_dotted_oid(std::string_view text) {
  return text.find('.') != std::string_view::npos && text.find_first_not_of("0123456789.") == std::string_view::npos;
}

/// The same lists and responders as the gateway's, also when the gateway itself looks nothing up: here each request says what it wants.
ncanode::network network_from(const config::settings& s, const crypto::trust_store::contents& trust, collector& c) {
  ncanode::network out;
  const config::trust_settings& t = s.trust;
  if (!t.crl_files.empty() || !t.ocsp_urls.empty() || !t.crl_urls.empty() || !t.allowed_hosts.empty()) {
    std::vector<crypto::certificate> authorities = trust.anchors;
    authorities.insert(authorities.end(), trust.intermediates.begin(), trust.intermediates.end());
    const auto source = build_revocation(s, authorities, c);
    out.revocation = [source](std::vector<crypto::certificate> path, revocation::mode how, time_point at) {
      return source->gather(std::move(path), how, at);
    };
  }
  if (!t.tsp_urls.empty()) {
    pki::settings whom;
    for (const std::string& url : t.tsp_urls) whom.tsp.push_back({url});
    whom.within.total = t.revocation_timeout;
    auto client = pki::client::create(std::move(whom));
    if (!client) c.add({client.error().code, client.error().detail, "trust.tsp_urls", client.error().hint});
    else out.time_stamp = [asked = *client](std::string request) { return asked.time_stamp(std::move(request)); };
  }
  return out;
}

}  // namespace

std::shared_ptr<const ncanode::grounds> ncanode_grounds(const config::settings& s, std::vector<problem>& found) {
  if (s.listen.ncanode_port == 0) return nullptr;
  for (const std::string& policy : s.ncanode.tsa_policies)
    if (!is_dotted_oid(policy))
      found.push_back({problems::usage, "'" + policy + "' is not a dotted object identifier", "ncanode.tsa_policies"});
  // What is wrong with the files of [trust] is told by build_trust, which reads the same ones.
  std::vector<problem> told_already;
  collector c(told_already);
  crypto::trust_store::contents trust;
  trust.anchors = load_all(s.root, s.trust.anchors, "trust.anchors", c);
  trust.intermediates = load_all(s.root, s.trust.intermediates, "trust.intermediates", c);
  trust.known = load_all(s.root, s.trust.known, "trust.known", c);
  trust.allow_weak_signatures = s.ncanode.gost2004;
  auto out = std::make_shared<ncanode::grounds>();
  collector of_the_network(found);
  out->ask = network_from(s, trust, of_the_network);
  out->trust = std::make_shared<crypto::trust_store>(std::move(trust));
  out->policy.compat = s.ncanode.gost2004;
  out->policy.gost2015_256 = s.trust.gost2015_256;
  out->limits.body = s.listen.body_limit;
  out->tsa_policies = s.ncanode.tsa_policies;
  return out;
}

}  // namespace shep::app
