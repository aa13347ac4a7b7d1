#include "adapters/forwarding/forward.hpp"
#include "adapters/kinds/kind.hpp"
#include "protocol/problems.hpp"

namespace shep::adapters {

extern const kind kind_mock;

namespace {

namespace asio = boost::asio;

class spy_adapter final : public adapter {
 public:
  spy_adapter(std::shared_ptr<const adapter> mock, std::shared_ptr<const forwarding::grounds> g)
      : mock_(std::move(mock)), grounds_(std::move(g)) {}

  asio::awaitable<result<reply>> handle(const call& c) const override {
    auto mocked = co_await mock_->handle(c);
    if (mocked || mocked.error().code != problems::no_match) co_return mocked;
    auto f = co_await forwarding::forward(c, *grounds_);
    if (!f) co_return f.error();
    co_return std::move(f->reply);
  }

 private:
  std::shared_ptr<const adapter> mock_;
  std::shared_ptr<const forwarding::grounds> grounds_;
};

std::shared_ptr<const adapter> make_spy(const parts& p) { return std::make_shared<spy_adapter>(kind_mock.make(p), p.forwarding); }

}  // namespace

extern const kind kind_spy;
const kind kind_spy{"spy", "answers where a mapping matches, and forwards everything else", make_spy, true};

}  // namespace shep::adapters
