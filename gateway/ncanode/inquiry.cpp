#include "ncanode/inquiry.hpp"

#include "revocation/problems.hpp"

#include <algorithm>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

// g++ 12 inlines half of Asio's coroutine allocation under the thread sanitizer and then misses the other half.
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic ignored "-Wmismatched-new-delete"
#endif

namespace shep::ncanode {
namespace {

namespace asio = boost::asio;
using revocation::chain_status;
using revocation::mode;

constexpr std::string_view nobody_configured = "nobody is configured to be asked";

/// A question of its own coroutine, which holds what it looks at: it may outlive the request.
asio::awaitable<chain_status> put(std::shared_ptr<const grounds> world, std::vector<crypto::certificate> path, mode how, time_point at) {
  co_return co_await world->ask.revocation(std::move(path), how, at);
}

}  // namespace

struct inquiry::gathering {
  explicit gathering(const asio::any_io_executor& strand) : done(strand, std::chrono::steady_clock::time_point::max()) {}
  std::vector<chain_status> answers;
  std::size_t open = 0;
  asio::steady_timer done;
};

inquiry::inquiry(std::shared_ptr<const grounds> world, time_point at) : world_(std::move(world)), at_(at) {}

std::vector<inquiry::question> inquiry::questions_of(const std::vector<crypto::certificate>& chain, mode how) {
  std::vector<question> out;
  if (chain.size() < 2) return out;
  const auto add = [&](auto from, auto to, mode by) {
    question q{std::to_string(static_cast<int>(by)), {from, to}, by, false, {}};
    for (const crypto::certificate& c : q.path) q.key += c.sha256();
    out.push_back(std::move(q));
  };
  add(chain.begin(), chain.begin() + 2, how);
  if (chain.size() > 2) add(std::next(chain.begin()), chain.end(), how == mode::ocsp ? mode::best_effort : how);
  return out;
}

const inquiry::question* inquiry::find(const std::string& key) const {
  const auto found = std::find_if(questions_.begin(), questions_.end(), [&](const question& q) { return q.key == key; });
  return found == questions_.end() ? nullptr : &*found;
}

void inquiry::want(const std::vector<crypto::certificate>& chain, mode how) {
  for (question& q : questions_of(chain, how))
    if (find(q.key) == nullptr) questions_.push_back(std::move(q));
}

asio::awaitable<void> inquiry::ask() {
  if (!world_->ask.revocation) co_return;
  const asio::any_io_executor strand = co_await asio::this_coro::executor;
  const auto all = std::make_shared<gathering>(strand);
  const auto first = std::find_if(questions_.begin(), questions_.end(), [](const question& q) { return !q.asked; }) - questions_.begin();
  const auto from = static_cast<std::size_t>(first);
  all->open = questions_.size() - from;
  all->answers.resize(all->open);
  for (std::size_t i = from; i < questions_.size(); ++i) {
    questions_[i].asked = true;
    auto on_answer = [all, at = i - from](std::exception_ptr failure, chain_status answer) {
      if (!failure) all->answers[at] = std::move(answer);
      if (--all->open == 0) all->done.expires_at(std::chrono::steady_clock::time_point::min());
    };
    asio::co_spawn(strand, put(world_, questions_[i].path, questions_[i].how, at_), std::move(on_answer));
  }
  boost::system::error_code ignored;
  if (all->open > 0) co_await all->done.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
  for (std::size_t i = from; i < questions_.size(); ++i) questions_[i].answer = std::move(all->answers[i - from]);
}

chain_status inquiry::about(const std::vector<crypto::certificate>& chain, mode how) const {
  chain_status out;
  for (const question& wanted : questions_of(chain, how)) {
    const question* known = find(wanted.key);
    const bool answered = known != nullptr && known->asked;
    for (std::size_t i = 0; i + 1 < wanted.path.size(); ++i) {
      if (answered && i < known->answer.size()) out.push_back(known->answer[i]);
      else out.push_back(problem(problems::revocation_unavailable, answered ? "nobody answered" : std::string(nobody_configured)));
    }
  }
  return out;
}

}  // namespace shep::ncanode
