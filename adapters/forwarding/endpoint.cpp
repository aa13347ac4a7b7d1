#include "adapters/forwarding/endpoint.hpp"

#include "http/problems.hpp"
#include "protocol/problems.hpp"

#include <algorithm>
#include <optional>

namespace shep::forwarding {
namespace {

namespace asio = boost::asio;
using steady = std::chrono::steady_clock;
using std::chrono::milliseconds;

/// Gives place and ticket back however the call ends, also when its coroutine is destroyed.
class visit {
 public:
  visit(breaker& b, bulkhead& h) : breaker_(b), bulkhead_(h) {}
  ~visit() {
    if (ticket) breaker_.ended(*ticket, how, steady::now());
    bulkhead_.leave();
  }
  visit(const visit&) = delete;
  visit& operator=(const visit&) = delete;

  std::optional<breaker::ticket> ticket;
  breaker::outcome how = breaker::outcome::neither;

 private:
  breaker& breaker_;
  bulkhead& bulkhead_;
};

problem left_alone(const std::string& address) {
  return {problems::recipient_unavailable, "the endpoint failed several times in a row and is left alone for a while", address,
          "see forward.breaker_failures and forward.breaker_pause"};
}

problem translated(const problem& why, const std::string& address) {
  if (why.code == http::problems::timed_out) return {problems::recipient_timeout, why.detail, {}, {}};
  const std::string detail = std::string(why.code.name) + ": " + why.detail;
  if (why.code == http::problems::unreachable || why.code == http::problems::tls || why.code == http::problems::forbidden_address)
    return {problems::recipient_unavailable, detail, address, why.hint};
  return {problems::recipient_answer, detail, "HTTP", why.hint};
}

bool is_failure(const result<http::incoming_response>& answer) {
  if (answer) return answer->status >= 502 && answer->status <= 504;
  return answer.error().code != http::problems::forbidden_address && answer.error().code != http::problems::bad_field;
}

}  // namespace

asio::awaitable<result<http::incoming_response>> endpoint::post(shared_bytes body, std::vector<http::named_value> headers,
                                                                steady::time_point deadline) {
  const problem too_late(problems::recipient_timeout, "the time for an answer was over before the recipient could be asked");
  if (deadline <= steady::now()) co_return too_late;
  if (!breaker_.would_admit(steady::now())) co_return left_alone(settings_.text);
  const auto entry = co_await bulkhead_.enter(deadline);
  if (entry == bulkhead::entry::too_late) co_return too_late;
  if (entry == bulkhead::entry::full)
    co_return problem(problems::recipient_unavailable, "as many requests as may be are with the endpoint or wait for it", settings_.text,
                      "see forward.concurrent and forward.waiting");
  visit here(breaker_, bulkhead_);
  const auto now = steady::now();
  const auto left = deadline > now ? std::chrono::duration_cast<milliseconds>(deadline - now) : milliseconds(0);
  if (left.count() == 0) co_return too_late;
  here.ticket = breaker_.admit(now);
  if (!here.ticket) co_return left_alone(settings_.text);

  http::outgoing_request request;
  request.to = settings_.to;
  request.tls = settings_.tls;
  request.headers = std::move(headers);
  request.body = std::move(body);
  request.within = {std::min(settings_.within.connect, left), std::min(settings_.within.first_byte, left),
                    std::min(settings_.within.total, left)};
  request.max_response = settings_.largest_answer;
  if (own_) {
    const own_listeners* own = own_.get();
    request.allowed = [own](std::string_view address, std::uint16_t port) { return own->may_be_asked(address, port); };
  }
  auto answer = co_await http::send(std::move(request));
  here.how = is_failure(answer) ? breaker::outcome::failure : breaker::outcome::success;
  if (answer) co_return answer;
  const problem why = answer.error();
  co_return translated(why, settings_.text);
}

}  // namespace shep::forwarding
