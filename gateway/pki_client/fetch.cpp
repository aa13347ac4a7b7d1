#include "pki_client/fetch.hpp"

#include "revocation/problems.hpp"

namespace shep::pki {

boost::asio::awaitable<result<shared_bytes>> fetch(errand e) {
  http::outgoing_request request;
  request.method = e.body ? "POST" : "GET";
  request.to = e.where.to;
  if (e.body) request.headers.push_back(http::named_value{"Content-Type", e.content_type});
  if (!e.accept.empty()) request.headers.push_back(http::named_value{"Accept", e.accept});
  request.body = e.body;
  request.within = e.within;
  request.max_response = e.largest;
  request.public_only = e.where.public_only;
  const auto answer = co_await http::send(std::move(request));
  if (!answer) {
    const problem why = answer.error();
    co_return problem(problems::revocation_unavailable, std::string(why.code.name) + ": " + why.detail, e.where.text, why.hint);
  }
  if (answer->status == 200) co_return answer->body;
  std::string what = "the server answered " + std::to_string(answer->status) + " " + std::string(http::reason_phrase(answer->status));
  if (answer->status / 100 == 3) what += "; redirects are not followed";
  co_return problem(problems::revocation_unavailable, std::move(what), e.where.text, "ask at the address with a browser or curl");
}

}  // namespace shep::pki
