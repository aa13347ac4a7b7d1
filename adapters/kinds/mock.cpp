#include "adapters/kinds/kind.hpp"
#include "adapters/kinds/mock_view.hpp"
#include "protocol/problems.hpp"

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace shep::adapters {
namespace {

namespace asio = boost::asio;

/// "No match" explains itself: the nearest mapping and the first criterion that failed.
problem explain(const mocks::no_match& missed) {
  if (missed.nearest.empty()) return {problems::no_match, "there is no mapping at all", {}, "add a mapping below mappings/"};
  const mocks::near_miss& nearest = missed.nearest.front();
  std::string detail = "nearest mapping: '" + nearest.mapping_name + "' in " + nearest.file;
  if (const auto* failed = nearest.first_failed())
    detail += "; first difference: " + failed->name + ", expected " + failed->expected + ", actual " + failed->actual;
  return {problems::no_match, std::move(detail), nearest.file, "change the request or the mapping"};
}

reply reply_from(mocks::response_definition d) {
  reply r;
  r.mapping_id = std::move(d.mapping_id);
  r.status_code = std::move(d.status_code);
  r.status_message = std::move(d.status_message);
  r.document = std::move(d.body);
  r.form = d.carrier;
  if (d.type) {
    r.type = std::move(d.type->name);
    r.type_space = std::move(d.type->space);
  }
  if (d.sign) {
    r.sign_business = d.sign->inner;
    r.sign_transport = d.sign->transport;
  }
  r.injected = std::move(d.injected);
  if (d.http) r.http = reply::http_answer{d.http->status, std::move(d.http->headers), d.http->verbatim};
  if (d.fault) r.fault = reply::soap_fault{std::move(d.fault->code), std::move(d.fault->message), std::move(d.fault->data)};
  return r;
}

class mock_adapter final : public adapter {
 public:
  explicit mock_adapter(std::shared_ptr<const mocks::engine> engine) : engine_(std::move(engine)) {}

  asio::awaitable<result<reply>> handle(const call& c) const override {
    const mock_view message(c);
    auto decided = engine_->decide(*message);
    if (!decided) co_return decided.error();
    if (const auto* missed = std::get_if<mocks::no_match>(&*decided)) co_return explain(*missed);
    auto& definition = std::get<mocks::response_definition>(*decided);
    if (definition.delay.count() > 0) {
      const auto wanted = std::chrono::steady_clock::now() + definition.delay;
      asio::steady_timer timer(co_await asio::this_coro::executor, std::min(wanted, c.deadline));
      co_await timer.async_wait(asio::use_awaitable);
      if (wanted > c.deadline)
        co_return problem(problems::recipient_timeout, "the mapping '" + definition.mapping_name + "' delays its answer past the deadline");
    }
    co_return reply_from(std::move(definition));
  }

 private:
  std::shared_ptr<const mocks::engine> engine_;
};

std::shared_ptr<const adapter> make_mock(const parts& p) { return std::make_shared<mock_adapter>(p.mocks); }

}  // namespace

extern const kind kind_mock;
const kind kind_mock{"mock", "answers from the mappings of the root", make_mock};

}  // namespace shep::adapters
