#include "admin/admin.hpp"

#include "admin/answer.hpp"
#include "admin/problems.hpp"
#include "admin/routes.hpp"
#include "core/bytes.hpp"
#include "core/log.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace shep::admin {
namespace {

std::string_view host_of(std::string_view authority) {
  if (authority.starts_with('[')) return authority.substr(0, authority.find(']') + 1);
  return authority.substr(0, authority.find(':'));
}

bool is_ours(const parts& p, std::string_view host) {
  constexpr std::array<std::string_view, 3> loopback = {"localhost", "127.0.0.1", "[::1]"};
  return std::find(loopback.begin(), loopback.end(), host) != loopback.end() ||
         std::find(p.hosts.begin(), p.hosts.end(), host) != p.hosts.end();
}

/// A page of another site must not reach this port through somebody's browser (security catalogue A02). Empty, or what is wrong.
std::optional<problem> from_elsewhere(const parts& p, const http::request& r) {
  if (!is_ours(p, host_of(r.authority())))
    return problem(problems::admin_host, "Host '" + clipped(r.authority()) + "' is not served here", "Host", "use localhost or 127.0.0.1");
  const auto origin = r.headers.find("Origin");
  if (!origin) return std::nullopt;
  const std::size_t scheme = origin->find("://");
  if (scheme != std::string_view::npos && is_ours(p, host_of(origin->substr(scheme + 3)))) return std::nullopt;
  return problem(problems::admin_host, "a page of '" + clipped(*origin) + "' may not ask here", "Origin",
                 "open the page from localhost, or give serve an admin token");
}

bool authorized(const parts& p, const http::request& r) {
  if (p.token.empty()) return true;
  const auto given = r.headers.find("Authorization");
  return given && equal_constant_time(*given, "Bearer " + p.token);
}

/// The named parts when `path` has the row's form, segment by segment.
std::optional<std::map<std::string, std::string, std::less<>>> match(std::string_view form, std::string_view path) {
  std::map<std::string, std::string, std::less<>> named;
  while (!form.empty() && !path.empty()) {
    const std::string_view wanted = form.substr(0, form.find('/', 1));
    if (wanted.ends_with("...}") && path.size() > 1) {
      named.emplace(wanted.substr(2, wanted.size() - 6), path.substr(1));
      return named;
    }
    const std::string_view given = path.substr(0, path.find('/', 1));
    if (wanted.starts_with("/{") && given.size() > 1) named.emplace(wanted.substr(2, wanted.size() - 3), given.substr(1));
    else if (wanted != given) return std::nullopt;
    form.remove_prefix(wanted.size());
    path.remove_prefix(given.size());
  }
  if (!form.empty() || !path.empty()) return std::nullopt;
  return named;
}

/// May this request be answered at all? Empty, or the refusal.
std::optional<http::response> refusal(const parts& p, const http::request& request) {
  // A token says more than a host name: whoever has it may come from anywhere.
  if (p.token.empty())
    if (auto wrong = from_elsewhere(p, request)) return problem_answer(403, *wrong);
  if (!authorized(p, request))
    return problem_answer(401, {problems::admin_unauthorized, "no or wrong token", "Authorization", "send 'Authorization: Bearer TOKEN'"});
  return std::nullopt;
}

delayed_response answer(const parts& p, const http::request& request) {
  const std::string_view method = request.method == "HEAD" ? "GET" : request.method;
  std::optional<http::response> refused = refusal(p, request);
  bool known_path = false;
  for (const row& r : table()) {
    if (refused && r.for_whom == audience::operators) continue;
    auto named = match(r.path, request.path);
    if (!named) continue;
    known_path = true;
    if (r.method != method) continue;
    const call c{p, request, std::move(*named)};
    return r.answer_later != nullptr ? r.answer_later(c) : delayed_response{r.answer(c)};
  }
  if (known_path)
    return {problem_answer(405, {problems::admin_method, std::string(request.method) + " is not offered on " + request.path})};
  if (refused) return {std::move(*refused)};
  return {problem_answer(404, {problems::admin_not_found,
                               "there is nothing at " + request.path,
                               {},
                               "GET /__admin/health, /__admin/requests, /__admin/mappings, /metrics"})};
}

boost::asio::awaitable<http::response> respond(std::shared_ptr<const parts> p, http::request request) {
  delayed_response ready = answer(*p, request);
  if (ready.after.count() > 0) {
    boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor, ready.after);
    co_await timer.async_wait(boost::asio::use_awaitable);
  }
  co_return std::move(ready.response);
}

}  // namespace

http::handler make_handler(parts p) {
  const auto shared = std::make_shared<const parts>(std::move(p));
  return [shared](http::request request) { return respond(shared, std::move(request)); };
}

}  // namespace shep::admin
