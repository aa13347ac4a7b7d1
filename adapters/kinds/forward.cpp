#include "adapters/forwarding/forward.hpp"

#include "adapters/kinds/kind.hpp"

namespace shep::adapters {
namespace {

namespace asio = boost::asio;

class forward_adapter final : public adapter {
 public:
  explicit forward_adapter(std::shared_ptr<const forwarding::grounds> g) : grounds_(std::move(g)) {}

  asio::awaitable<result<reply>> handle(const call& c) const override {
    auto f = co_await forwarding::forward(c, *grounds_);
    if (!f) co_return f.error();
    co_return std::move(f->reply);
  }

 private:
  std::shared_ptr<const forwarding::grounds> grounds_;
};

std::shared_ptr<const adapter> make_forward(const parts& p) { return std::make_shared<forward_adapter>(p.forwarding); }

}  // namespace

extern const kind kind_forward;
const kind kind_forward{"forward", "asks the real endpoint that the route names as its target", make_forward, true};

}  // namespace shep::adapters
