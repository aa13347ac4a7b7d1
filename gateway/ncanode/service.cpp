#include "ncanode/answer.hpp"
#include "ncanode/endpoints.hpp"
#include "ncanode/ncanode.hpp"
#include "ncanode/origin.hpp"
#include "ncanode/problems.hpp"
#include "ncanode/request_json.hpp"
#include "ncanode/workers.hpp"

#include <algorithm>

namespace shep::ncanode {
namespace {

using boost::asio::awaitable;

/// The row for a request, or why there is none.
result<const row*> find_row(const http::request& r) {
  const std::string_view method = r.method == "HEAD" ? "GET" : r.method;
  bool known_path = false;
  for (const row& one : table()) {
    if (one.path != r.path) continue;
    if (one.method == method) return &one;
    known_path = true;
  }
  if (known_path) return problem(problems::ncanode_method, std::string(r.method) + " is not offered on " + r.path);
  return problem(problems::ncanode_not_found, "there is nothing at " + r.path, {}, "GET / lists what there is");
}

/// What a browser may send to another site without asking first (text/plain, forms) is not taken; nothing at all is: small tools leave it
/// out.
bool is_json(const http::request& r) {
  const std::string type = r.content_type().type;
  return !r.headers.find("Content-Type") || type == "application/json" || type.ends_with("+json");
}

/// All CPU work of one request.
outcome work(const parts& p, const row& one, const http::request& request) {
  const auto world = p.current();
  boost::json::object body;
  if (one.method == "POST" && one.answer != not_offered) {
    auto read = read_request_json(*request.body);
    if (!read) return problem_answer(read.error());
    body = std::move(*read);
  }
  return one.answer({p, *world, p.time.now(), body});
}

awaitable<http::response> respond(std::shared_ptr<const parts> p, http::request request) {
  if (!from_here(request, p->open, p->hosts))
    co_return problem_answer({problems::ncanode_host, "Host '" + request.authority() + "' is not served here", "Host",
                              "use localhost or 127.0.0.1, or name the host in listen.ncanode_hosts"});
  const auto found = find_row(request);
  if (!found) co_return problem_answer(found.error());
  const row& one = **found;
  if (one.method == "POST" && !is_json(request))
    co_return problem_answer(
        {problems::ncanode_media_type, "the body must be JSON", "Content-Type", "send Content-Type: application/json"});
  outcome done;
  if (one.method == "GET") {
    done = work(*p, one, request);
  } else {
    std::function<void()> piece = [&] { done = work(*p, one, request); };
    co_await p->pool.run(std::move(piece));
  }
  if (auto* finished = std::get_if<http::response>(&done)) co_return std::move(*finished);
  const continuation rest = std::move(std::get<continuation>(done));
  co_return co_await rest(*p);
}

}  // namespace

http::handler make_handler(parts p) {
  const auto shared = std::make_shared<const parts>(std::move(p));
  return [shared](http::request request) { return respond(shared, std::move(request)); };
}

http::response refuse(const http::framing_problem& refused) {
  const bool told = refused.what.code.shown == exposure::detail && !refused.what.detail.empty();
  return refusal_answer(refused.status, told ? refused.what.detail : std::string(refused.what.code.summary), refused.what.code.name);
}

}  // namespace shep::ncanode
