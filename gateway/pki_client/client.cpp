#include "pki_client/client.hpp"

#include "pki_client/answers.hpp"
#include "pki_client/ask_crl.hpp"
#include "pki_client/ask_ocsp.hpp"
#include "pki_client/fetch.hpp"
#include "revocation/problems.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

// g++ 12 inlines half of Asio's coroutine allocation under the thread sanitizer and then misses the other half.
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic ignored "-Wmismatched-new-delete"
#endif

namespace shep::pki {
namespace {

namespace asio = boost::asio;
using revocation::chain_status;
using revocation::finding;
using revocation::mode;
using revocation::state;

/// What coroutines hold on to.
struct inside {
  inside(settings s, address_book b)
      : rules(std::move(s)), book(std::move(b)), lists(std::make_shared<list_store>(rules)), kept(rules.ocsp_kept, rules.ocsp_keep) {}
  const settings rules;
  const address_book book;
  const std::shared_ptr<list_store> lists;
  answers kept;
};

list_addresses lists_for(const inside& in, const question& q) {
  return {in.book.choose(purpose::crl, q.subject, q.chained), in.book.choose(purpose::delta_crl, q.subject, q.chained)};
}

asio::awaitable<result<finding>> by_ocsp(std::shared_ptr<inside> in, question q) {
  if (auto known = in->kept.find(q.subject, q.issuer, q.at)) co_return std::move(*known);
  auto choice = in->book.choose(purpose::ocsp, q.subject, q.chained);
  auto found = co_await ask_ocsp(q, std::move(choice), in->rules, in->lists->now()->set);
  if (found) in->kept.put(q.subject, q.issuer, *found);
  co_return found;
}

asio::awaitable<result<finding>> by_list(std::shared_ptr<inside> in, question q) {
  auto addresses = lists_for(*in, q);
  co_return co_await ask_crl(in->lists, q, std::move(addresses), in->rules);
}

asio::awaitable<result<finding>> by_both(std::shared_ptr<inside> in, question q) {
  auto first = co_await by_ocsp(in, q);
  if (first && first->what != state::unknown) co_return first;
  auto second = co_await by_list(in, q);
  if (second || first) co_return second ? second : first;
  const std::vector<problem> both{first.error(), second.error()};
  co_return joined(both);
}

asio::awaitable<result<finding>> decide(std::shared_ptr<inside> in, question q) {
  switch (q.how) {
    case mode::ocsp: co_return co_await by_ocsp(std::move(in), std::move(q));
    case mode::crl: co_return co_await by_list(std::move(in), std::move(q));
    case mode::best_effort: co_return co_await by_both(std::move(in), std::move(q));
    case mode::none: break;
  }
  co_return problem(problems::usage, "nothing is asked with the mode none");
}

/// What is known without waiting for anybody.
std::optional<finding> known(const inside& in, const question& q, answers& kept, const asio::any_io_executor& executor) {
  if (q.how == mode::crl) return at_hand(*in.lists, q, lists_for(in, q), in.rules, executor);
  if (q.how == mode::ocsp || q.how == mode::best_effort) {
    auto found = kept.find(q.subject, q.issuer, q.at);
    if (found && (q.how == mode::ocsp || found->what != state::unknown)) return found;
  }
  return std::nullopt;
}

asio::awaitable<result<finding>> answer(std::shared_ptr<inside> in, question q) {
  const asio::any_io_executor executor = co_await asio::this_coro::executor;
  if (auto found = known(*in, q, in->kept, executor)) co_return std::move(*found);
  const auto strand = asio::make_strand(executor);
  auto work = decide(std::move(in), std::move(q));
  co_return co_await asio::co_spawn(strand, std::move(work), asio::use_awaitable);
}

/// The questions of one chain and how many of them are still open. Lives on one strand.
struct gathering {
  explicit gathering(const asio::any_io_executor& strand) : done(strand, std::chrono::steady_clock::time_point::max()) {}
  chain_status found;
  std::size_t open = 0;
  asio::steady_timer done;
};

asio::awaitable<chain_status> ask_all(std::shared_ptr<inside> in, std::vector<question> questions) {
  const asio::any_io_executor strand = co_await asio::this_coro::executor;
  const auto all = std::make_shared<gathering>(strand);
  all->open = questions.size();
  all->found.assign(questions.size(), problem(shep::problems::internal, "the question was not answered"));
  for (std::size_t i = 0; i < questions.size(); ++i) {
    auto on_answer = [all, i](std::exception_ptr failure, result<finding> found) {
      if (!failure) all->found[i] = std::move(found);
      if (--all->open == 0) all->done.expires_at(std::chrono::steady_clock::time_point::min());
    };
    asio::co_spawn(strand, answer(in, std::move(questions[i])), std::move(on_answer));
  }
  boost::system::error_code ignored;
  if (all->open > 0) co_await all->done.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
  co_return std::move(all->found);
}

asio::awaitable<chain_status> answer_all(std::shared_ptr<inside> in, std::vector<question> questions) {
  const auto strand = asio::make_strand(co_await asio::this_coro::executor);
  auto work = ask_all(std::move(in), std::move(questions));
  co_return co_await asio::co_spawn(strand, std::move(work), asio::use_awaitable);
}

asio::awaitable<result<std::string>> stamp(std::shared_ptr<inside> in, std::string request) {
  const shared_bytes body = share(std::move(request));
  std::vector<problem> failures;
  for (const target& t : in->book.time_stamping()) {
    errand e;
    e.where = t;
    e.content_type = "application/timestamp-query";
    e.accept = "application/timestamp-reply";
    e.body = body;
    e.within = in->rules.within;
    e.largest = in->rules.largest_time_stamp;
    const auto octets = co_await fetch(std::move(e));
    if (octets) co_return **octets;
    failures.push_back(octets.error());
    if (failures.size() == in->rules.attempts) break;
  }
  if (failures.empty())
    co_return problem(problems::revocation_unavailable, "no address of a time-stamping authority is configured", {}, "configure one");
  const problem all = joined(failures);
  co_return problem(problems::revocation_unavailable, all.detail, all.where, all.hint);
}

}  // namespace

/// Coroutines hold `inside`, users hold this: when the last user goes, no list is being parsed any more.
struct client::owner {
  explicit owner(std::shared_ptr<inside> i) : in(std::move(i)) {}
  owner(const owner&) = delete;
  owner& operator=(const owner&) = delete;
  ~owner() { in->lists->close(); }
  std::shared_ptr<inside> in;
};

client::client(std::shared_ptr<owner> o) : owner_(std::move(o)) {}

result<client> client::create(settings s) {
  auto book = address_book::create(s);
  if (!book) return book.error();
  return client(std::make_shared<owner>(std::make_shared<inside>(std::move(s), std::move(*book))));
}

asio::awaitable<result<finding>> client::ask(question q) const { return answer(owner_->in, std::move(q)); }

asio::awaitable<chain_status> client::gather(std::vector<crypto::certificate> path, mode how, time_point at) const {
  std::vector<question> questions;
  for (std::size_t i = 0; how != mode::none && i + 1 < path.size(); ++i) questions.push_back({path[i], path[i + 1], how, at, true});
  return answer_all(owner_->in, std::move(questions));
}

asio::awaitable<result<std::string>> client::time_stamp(std::string request) const { return stamp(owner_->in, std::move(request)); }

std::shared_ptr<const revocation::crl_set> client::lists() const {
  const auto now = owner_->in->lists->now();
  return {now, &now->set};
}

}  // namespace shep::pki
