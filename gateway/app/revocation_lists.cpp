#include "app/revocation_lists.hpp"

#include "app/files.hpp"
#include "revocation/crl_set.hpp"
#include "revocation/problems.hpp"

namespace shep::app {
namespace {

class configured_revocation final : public pipeline::revocation_source {
 public:
  configured_revocation(revocation::crl_set lists, const revocation::crl_rules& rules) : lists_(std::move(lists)), rules_(rules) {}

  boost::asio::awaitable<revocation::chain_status> gather(std::vector<crypto::certificate> path, revocation::mode how,
                                                          time_point at) const override {
    co_return by_files(path, how, at);
  }

 private:
  revocation::chain_status by_files(const std::vector<crypto::certificate>& path, revocation::mode how, time_point at) const {
    revocation::chain_status status;
    for (std::size_t i = 0; i + 1 < path.size(); ++i) {
      if (how == revocation::mode::ocsp) status.push_back(problem(problems::revocation_unavailable, "no OCSP responder was asked"));
      else status.push_back(lists_.look_up(path[i], path[i + 1], at, rules_));
    }
    return status;
  }

  revocation::crl_set lists_;
  revocation::crl_rules rules_;
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

}  // namespace

std::shared_ptr<const pipeline::revocation_source> build_revocation(const config::settings& s,
                                                                    const std::vector<crypto::certificate>& authorities, collector& c) {
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
  revocation::crl_rules rules;
  rules.grace = std::chrono::duration_cast<std::chrono::seconds>(s.trust.revocation_grace);
  return std::make_shared<const configured_revocation>(std::move(lists), rules);
}

}  // namespace shep::app
