#include "app/revocation_lists.hpp"

#include "app/files.hpp"
#include "pki_client/client.hpp"
#include "revocation/problems.hpp"

#include <algorithm>
#include <optional>

namespace shep::app {
namespace {

using revocation::chain_status;
using revocation::mode;

bool decided(const result<revocation::finding>& answer) { return answer && answer->what != revocation::state::unknown; }

/// The first that is decided; of two that are not, the first, which was to be preferred.
chain_status best_of(chain_status preferred, const chain_status& otherwise) {
  for (std::size_t i = 0; i < preferred.size() && i < otherwise.size(); ++i)
    if (!decided(preferred[i]) && decided(otherwise[i])) preferred[i] = otherwise[i];
  return preferred;
}

class configured_revocation final : public pipeline::revocation_source {
 public:
  configured_revocation(revocation::crl_set files, const revocation::crl_rules& rules, std::optional<pki::client> network)
      : files_(std::move(files)), rules_(rules), network_(std::move(network)) {}

  boost::asio::awaitable<chain_status> gather(std::vector<crypto::certificate> path, mode how, time_point at) const override {
    chain_status by_files;
    for (std::size_t i = 0; i + 1 < path.size(); ++i) by_files.push_back(look_up(path[i], path[i + 1], how, at));
    const bool enough = how == mode::crl && std::all_of(by_files.begin(), by_files.end(), decided);
    if (enough || !network_) co_return by_files;
    chain_status by_network = co_await network_->gather(std::move(path), how, at);
    if (how == mode::crl) co_return best_of(std::move(by_files), by_network);
    co_return best_of(std::move(by_network), by_files);
  }

 private:
  result<revocation::finding> look_up(const crypto::certificate& c, const crypto::certificate& issuer, mode how, time_point at) const {
    if (how != mode::ocsp) return files_.look_up(c, issuer, at, rules_);
    return problem(problems::revocation_unavailable, "no OCSP responder is configured", {}, "set trust.ocsp_urls or trust.allowed_hosts");
  }

  revocation::crl_set files_;
  revocation::crl_rules rules_;
  std::optional<pki::client> network_;
};

/// The set with the list in it, when one of the authorities signed it.
result<revocation::crl_set> with_list(const revocation::crl_set& lists, const std::string& path, const std::string& octets,
                                      const std::vector<crypto::certificate>& authorities) {
  const auto list = revocation::crl::from_der(share(octets));
  if (!list) return list.error();
  problem why(problems::crl_issuer, "no configured certificate belongs to its issuer " + list->info().issuer, {},
              "add the authority's certificate to trust.anchors or trust.intermediates");
  for (const crypto::certificate& authority : authorities) {
    if (authority.info().subject_der != list->info().issuer_der) continue;
    auto next = lists.with(*list, authority, path);
    if (next) return next;
    why = next.error();
  }
  return why;
}

revocation::crl_set load_lists(const config::settings& s, const std::vector<crypto::certificate>& authorities, collector& c) {
  revocation::crl_set lists;
  for (const std::string& path : s.trust.crl_files) {
    const auto octets = read_file(resolved(s.root, path), "trust.crl_files");
    auto next = octets ? with_list(lists, path, *octets, authorities) : result<revocation::crl_set>(octets.error());
    if (next) {
      lists = std::move(*next);
      continue;
    }
    problem why = next.error();
    why.detail = path + ": " + why.detail;
    why.where = "trust.crl_files";
    c.add(std::move(why));
  }
  return lists;
}

std::vector<pki::service> services(const std::vector<std::string>& urls) {
  std::vector<pki::service> out;
  for (const std::string& url : urls) out.push_back({url});
  return out;
}

/// Deadlines such that every attempt of every kind fits into the time that the configuration gives. Which authority's list an address holds
/// is known only after it was fetched, so each configured one must get its turn.
void divide(std::chrono::milliseconds whole, pki::settings& out) {
  constexpr int kinds = 2;  // OCSP, then lists
  out.attempts = std::max<std::size_t>({2, out.ocsp.size(), out.crl.size(), out.delta_crl.size()});
  const auto one = std::max(whole / (kinds * static_cast<int>(out.attempts)), std::chrono::milliseconds(1));
  out.within = {one, one, one};
}

std::optional<pki::client> network_from(const config::settings& s, const revocation::crl_rules& rules, collector& c) {
  const config::trust_settings& t = s.trust;
  if (t.ocsp_urls.empty() && t.crl_urls.empty() && t.delta_crl_urls.empty() && t.allowed_hosts.empty()) return {};
  pki::settings out;
  out.ocsp = services(t.ocsp_urls);
  out.crl = services(t.crl_urls);
  out.delta_crl = services(t.delta_crl_urls);
  out.tsp = services(t.tsp_urls);
  out.allowed_hosts = t.allowed_hosts;
  divide(t.revocation_timeout, out);
  out.crl_rules = rules;
  out.ocsp_rules.grace = rules.grace;
  out.ocsp_rules.allow_sha1 = t.compat;
  auto client = pki::client::create(std::move(out));
  if (client) return std::move(*client);
  c.add(client.error());
  return {};
}

}  // namespace

std::shared_ptr<const pipeline::revocation_source> build_revocation(const config::settings& s,
                                                                    const std::vector<crypto::certificate>& authorities, collector& c) {
  revocation::crl_rules rules;
  rules.grace = std::chrono::duration_cast<std::chrono::seconds>(s.trust.revocation_grace);
  auto files = load_lists(s, authorities, c);
  return std::make_shared<const configured_revocation>(std::move(files), rules, network_from(s, rules, c));
}

}  // namespace shep::app
