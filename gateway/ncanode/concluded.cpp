#include "cms/verify.hpp"
#include "ncanode/endpoints.hpp"
#include "ncanode/inquiry.hpp"

/// The second half of a verification: asking about revocation.
namespace shep::ncanode {
namespace {

using boost::asio::awaitable;
using revocation::chain_status;
using revocation::finding;
using revocation::mode;
using revocation::state;

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

void conclude(judged_certificate& c, const inquiry& told, revocation_check wanted) {
  for (const mode how : sources(wanted))
    c.revocations.push_back(c.chain.size() < 2 ? without_question(c.chain.size() == 1, how) : weighed(told.about(c.chain, how), how));
}

/// The time-stamping authority, by every source that the request names.
result<void> carried(const cms::time_stamp& stamp, const inquiry& told, revocation_check wanted) {
  for (const mode how : sources(wanted))
    if (const result<void> good = cms::rely_on(stamp, told.about(stamp.chain, how)); !good) return good;
  return {};
}

awaitable<http::response> finish(std::shared_ptr<verdict> v, revocation_check wanted, const parts& p) {
  const time_point now = p.time.now();
  const auto world = p.current();
  inquiry told(world, now);
  const auto want = [&](const std::vector<crypto::certificate>& chain) {
    for (const mode how : sources(wanted)) told.want(chain, how);
  };
  for (const signer& s : v->signers) {
    if (s.certificate) want(s.certificate->chain);
    if (s.stamp) want(s.stamp->chain);
  }
  co_await told.ask();
  for (std::size_t i = 0; i < v->signers.size(); ++i) {
    signer& s = v->signers[i];
    const result<void> authority = s.stamp ? carried(*s.stamp, told, wanted) : result<void>();
    if (authority) continue;
    drop_stamp(*v, i, authority.error(), *world->trust, now);
    if (s.certificate) want(s.certificate->chain);
  }
  co_await told.ask();  // about chains that are others now than at the stamp's time
  for (signer& s : v->signers)
    if (s.certificate) conclude(*s.certificate, told, wanted);
  co_return verification_answer(std::move(*v));
}

}  // namespace

outcome concluded(verdict v, const revocation_check& wanted) {
  if (!wanted.any()) return verification_answer(std::move(v));
  auto shared = std::make_shared<verdict>(std::move(v));
  return continuation([shared, wanted](const parts& p) { return finish(shared, wanted, p); });
}

}  // namespace shep::ncanode
