#include "adapters/forwarding/answer.hpp"
#include "adapters/forwarding/grounds.hpp"
#include "adapters/kinds/kind.hpp"
#include "protocol/problems.hpp"

namespace shep::adapters {
namespace {

namespace asio = boost::asio;

class replay_adapter final : public adapter {
 public:
  explicit replay_adapter(std::shared_ptr<const forwarding::grounds> g) : grounds_(std::move(g)) {}

  asio::awaitable<result<reply>> handle(const call& c) const override { co_return answer(c); }

 private:
  result<reply> answer(const call& c) const {
    const auto* library = grounds_->fixtures.get();
    if (library == nullptr || library->size() == 0)
      return problem(problems::no_match, "there is no recorded answer at all", "forward.record_folder",
                     "switch the service to record and send some requests");
    const auto recorded = library->find(c.request.service_id, c.request.data);
    if (!recorded)
      return problem(problems::no_match, "no recorded exchange of this service has these business data", "requestData/data",
                     "record this request too, or send one that was recorded");
    const auto message = forwarding::read_answer(recorded->message, grounds_->limits);
    if (!message) return message.error();
    auto said = forwarding::reply_from(*message, {}, grounds_->limits);
    if (said) said->mapping_id = recorded->name;
    return said;
  }

  std::shared_ptr<const forwarding::grounds> grounds_;
};

std::shared_ptr<const adapter> make_replay(const parts& p) { return std::make_shared<replay_adapter>(p.forwarding); }

}  // namespace

extern const kind kind_replay;
const kind kind_replay{"replay", "answers as recorded, by service and business data", make_replay};

}  // namespace shep::adapters
