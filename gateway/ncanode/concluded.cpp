#include "cms/verify.hpp"
#include "ncanode/endpoints.hpp"
#include "revocation/problems.hpp"

/// The second half of a verification: asking about revocation.
namespace shep::ncanode {
namespace {

using boost::asio::awaitable;
using revocation::chain_status;
using revocation::finding;
using revocation::mode;
using revocation::state;

constexpr std::string_view nobody_configured = "nobody is configured to be asked";

/// What one list of statuses means for the certificate at its head. An issuer that is revoked, or of which nothing is known, counts against
/// it as well, and the reason says so.
void weigh(revocation_answer& a, const chain_status& statuses, bool of_issuers) {
  const std::string whose = of_issuers ? "an issuing authority: " : "";
  for (const auto& status : statuses) {
    if (!status) {
      if (!a.revoked && a.decided) a.reason = whose + status.error().detail;
      a.decided = false;
      continue;
    }
    if (status->what == state::good) continue;
    if (status->what == state::unknown) {
      if (!a.revoked && a.decided) a.reason = whose + "the responder does not know the certificate";
      a.decided = false;
      continue;
    }
    if (a.revoked) continue;
    a.revoked = true;
    a.revoked_at = status->revoked_at;
    const auto why =
        status->what == state::on_hold ? revocation::reason::certificate_hold : status->why.value_or(revocation::reason::unspecified);
    a.reason = whose + std::string(revocation::name_of(why));
  }
  if (a.revoked) a.decided = true;
}

/// What one source says of a whole chain: one status for each certificate but the anchor. The authorities above have lists, and often no
/// responder: for them anything that is configured will do.
awaitable<chain_status> ask(const network& whom, std::vector<crypto::certificate> chain, mode how, time_point at) {
  const std::size_t wanted = chain.size() - 1;
  if (!whom.revocation) co_return chain_status(wanted, problem(problems::revocation_unavailable, std::string(nobody_configured)));
  std::vector<crypto::certificate> first(chain.begin(), chain.begin() + 2);
  chain_status out = co_await whom.revocation(std::move(first), how, at);
  if (chain.size() > 2) {
    std::vector<crypto::certificate> above(std::next(chain.begin()), chain.end());
    const chain_status issuers = co_await whom.revocation(std::move(above), how == mode::ocsp ? mode::best_effort : how, at);
    out.insert(out.end(), issuers.begin(), issuers.end());
  }
  out.resize(wanted, problem(problems::revocation_unavailable, "nobody answered"));
  co_return out;
}

revocation_answer weighed(const chain_status& statuses, mode how) {
  revocation_answer a;
  a.by = how == mode::ocsp ? "OCSP" : "CRL";
  a.decided = true;
  a.reason = "OK";
  weigh(a, {statuses.front()}, false);
  weigh(a, chain_status(std::next(statuses.begin()), statuses.end()), true);
  return a;
}

/// Nobody vouches for an anchor, and nobody can take it back; without a chain there is nobody to ask.
revocation_answer without_question(bool anchor, mode how) {
  revocation_answer a;
  a.by = how == mode::ocsp ? "OCSP" : "CRL";
  a.decided = anchor;
  a.reason = anchor ? "OK" : "the issuer of the certificate is not known here, so nobody can be asked";
  return a;
}

std::vector<mode> sources(revocation_check wanted) {
  std::vector<mode> out;
  if (wanted.crl) out.push_back(mode::crl);
  if (wanted.ocsp) out.push_back(mode::ocsp);
  return out;
}

awaitable<void> ask_about(const network& whom, judged_certificate& c, revocation_check wanted, time_point now) {
  for (const mode how : sources(wanted)) {
    if (c.chain.size() < 2) {
      c.revocations.push_back(without_question(c.chain.size() == 1, how));
      continue;
    }
    const chain_status statuses = co_await ask(whom, c.chain, how, now);
    c.revocations.push_back(weighed(statuses, how));
  }
}

/// The time-stamping authority, by every source that the request names.
awaitable<result<void>> ask_about(const network& whom, const cms::time_stamp& stamp, revocation_check wanted, time_point now) {
  for (const mode how : sources(wanted)) {
    chain_status statuses;
    if (stamp.chain.size() >= 2) statuses = co_await ask(whom, stamp.chain, how, now);
    if (const result<void> good = cms::rely_on(stamp, statuses); !good) co_return good;
  }
  co_return result<void>();
}

awaitable<http::response> finish(std::shared_ptr<verdict> v, revocation_check wanted, const parts& p) {
  const time_point now = p.time.now();
  const auto world = p.current();
  for (std::size_t i = 0; i < v->signers.size(); ++i) {
    signer& s = v->signers[i];
    if (s.stamp) {
      const result<void> authority = co_await ask_about(world->ask, *s.stamp, wanted, now);
      if (!authority) drop_stamp(*v, i, authority.error(), *world->trust, now);
    }
    if (s.certificate) co_await ask_about(world->ask, *s.certificate, wanted, now);
  }
  co_return verification_answer(std::move(*v));
}

}  // namespace

outcome concluded(verdict v, const revocation_check& wanted) {
  if (!wanted.any()) return verification_answer(std::move(v));
  auto shared = std::make_shared<verdict>(std::move(v));
  return continuation([shared, wanted](const parts& p) { return finish(shared, wanted, p); });
}

}  // namespace shep::ncanode
