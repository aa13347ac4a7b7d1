#include "ncanode/endpoints.hpp"

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

/// One source about a whole chain. The authorities above have lists, and often no responder: for them anything that is configured will do.
awaitable<revocation_answer> ask(const network& whom, std::vector<crypto::certificate> chain, mode how, time_point at) {
  revocation_answer a;
  a.by = how == mode::ocsp ? "OCSP" : "CRL";
  if (!whom.revocation) {
    a.reason = nobody_configured;
    co_return a;
  }
  a.decided = true;
  a.reason = "OK";
  std::vector<crypto::certificate> first(chain.begin(), chain.begin() + 2);
  const chain_status own = co_await whom.revocation(std::move(first), how, at);
  weigh(a, own, false);
  if (chain.size() > 2) {
    std::vector<crypto::certificate> above(std::next(chain.begin()), chain.end());
    const chain_status issuers = co_await whom.revocation(std::move(above), how == mode::ocsp ? mode::best_effort : how, at);
    weigh(a, issuers, true);
  }
  co_return a;
}

awaitable<void> ask_about(const network& whom, judged_certificate& c, revocation_check wanted, time_point now) {
  std::vector<mode> sources;
  if (wanted.crl) sources.push_back(mode::crl);
  if (wanted.ocsp) sources.push_back(mode::ocsp);
  for (const mode how : sources) {
    revocation_answer a;
    if (c.chain.size() >= 2) {
      a = co_await ask(whom, c.chain, how, now);
    } else {
      // Nobody vouches for an anchor, and nobody can take it back; without a chain there is nobody to ask.
      a.by = how == mode::ocsp ? "OCSP" : "CRL";
      a.decided = c.chain.size() == 1;
      a.reason = a.decided ? "OK" : "the issuer of the certificate is not known here, so nobody can be asked";
    }
    c.revocations.push_back(std::move(a));
  }
}

awaitable<http::response> finish(std::shared_ptr<verdict> v, revocation_check wanted, const parts& p) {
  const time_point now = p.time.now();
  const auto world = p.current();
  for (signer& s : v->signers)
    if (s.certificate) co_await ask_about(world->ask, *s.certificate, wanted, now);
  co_return verification_answer(std::move(*v));
}

}  // namespace

outcome concluded(verdict v, const revocation_check& wanted) {
  if (!wanted.any()) return verification_answer(std::move(v));
  auto shared = std::make_shared<verdict>(std::move(v));
  return continuation([shared, wanted](const parts& p) { return finish(shared, wanted, p); });
}

}  // namespace shep::ncanode
