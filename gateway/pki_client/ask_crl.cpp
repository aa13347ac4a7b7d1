#include "pki_client/ask_crl.hpp"

#include "pki_client/ask_ocsp.hpp"
#include "revocation/problems.hpp"

#include <algorithm>

#include <boost/asio/this_coro.hpp>

namespace shep::pki {
namespace {

using need = list_store::need;

/// The best off of several addresses of one list; nothing when there are none.
need least(const list_store& store, const list_store::snapshot& now, const address_book::choice& c, const question& q) {
  need out = c.targets.empty() ? need::nothing : need::download;
  for (const target& t : c.targets) out = std::min(out, store.look(now, key_of(t, q.issuer), q.at));
  return out;
}

/// Success when one of the addresses brought the list, or it needs nothing.
boost::asio::awaitable<result<void>> bring_one(std::shared_ptr<list_store> store, question q, address_book::choice c,
                                               std::size_t attempts) {
  if (least(*store, *store->now(), c, q) == need::nothing) co_return result<void>();
  std::vector<problem> failures;
  for (std::size_t i = 0; i < c.targets.size() && i < attempts; ++i) {
    const auto brought = co_await store->bring(c.targets[i], q.issuer);
    if (brought) co_return brought;
    failures.push_back(brought.error());
  }
  co_return failures.size() == 1 ? failures.front() : joined(failures);
}

}  // namespace

std::optional<revocation::finding> at_hand(list_store& store, const question& q, const list_addresses& at, const settings& s,
                                           const boost::asio::any_io_executor& executor) {
  const auto now = store.now();
  const need complete = least(store, *now, at.complete, q);
  const need delta = least(store, *now, at.delta, q);
  if (complete == need::download || delta == need::download) return std::nullopt;
  auto found = now->set.look_up(q.subject, q.issuer, q.at, s.crl_rules);
  if (!found) return std::nullopt;
  if (complete == need::refresh) store.bring_in_background(executor, at.complete.targets.front(), q.issuer);
  if (delta == need::refresh) store.bring_in_background(executor, at.delta.targets.front(), q.issuer);
  return *found;
}

boost::asio::awaitable<result<revocation::finding>> ask_crl(std::shared_ptr<list_store> store, question q, list_addresses at,
                                                            const settings& s) {
  const auto executor = co_await boost::asio::this_coro::executor;
  if (auto found = at_hand(*store, q, at, s, executor)) co_return std::move(*found);
  if (at.complete.targets.empty()) co_return no_address(at.complete, q.subject, "CRL");
  const auto complete = co_await bring_one(store, q, at.complete, s.attempts);
  const auto delta = co_await bring_one(store, q, at.delta, s.attempts);
  auto found = store->now()->set.look_up(q.subject, q.issuer, q.at, s.crl_rules);
  if (found || (complete && delta)) co_return found;
  const problem why = found.error();
  const problem cause = complete ? delta.error() : complete.error();
  if (why.code == problems::crl_missing) co_return cause;
  co_return problem(why.code, why.detail + "; " + describe(cause), why.where, why.hint);
}

}  // namespace shep::pki
