#include "adapters/forwarding/answer.hpp"
#include "adapters/forwarding/forward.hpp"
#include "adapters/forwarding/normal_form.hpp"
#include "adapters/kinds/kind.hpp"
#include "core/log.hpp"
#include "protocol/problems.hpp"

namespace shep::adapters {
namespace {

namespace asio = boost::asio;

constexpr std::size_t most_criteria = 32;

/// What is written down: octets of both sides, and the answer in the words of a mapping where it can be put so.
forwarding::recorded_exchange record_of(const call& c, const forwarding::forwarded& f, const reply& said) {
  forwarding::recorded_exchange r;
  r.service_id = c.request.service_id;
  r.exchange_id = c.exchange_id;
  r.name = forwarding::fixture_name(r.service_id, r.exchange_id);
  r.at = c.now;
  r.request = c.received;
  r.response = f.received;
  r.http_status = f.http_status;
  r.criteria = forwarding::leaves(c.request.data, most_criteria);
  r.status_code = said.status_code;
  r.status_message = said.status_message;
  if (said.fault) {
    r.fault_code = said.fault->code;
    r.status_message = said.fault->message;
    r.fault_data = said.fault->data;
  }
  if (said.form) r.carrier = protocol::name_of(*said.form);
  r.document = said.document;
  return r;
}

class record_adapter final : public adapter {
 public:
  explicit record_adapter(std::shared_ptr<const forwarding::grounds> g) : grounds_(std::move(g)) {}

  /// The client's answer does not depend on the disk: what could not be written is told in log, journal and metrics.
  asio::awaitable<result<reply>> handle(const call& c) const override {
    auto f = co_await forwarding::forward(c, *grounds_);
    if (!f) co_return f.error();
    if (grounds_->fixtures) {
      forwarding::recorded_exchange r = record_of(c, *f, said_by(*f));
      const auto written = co_await grounds_->fixtures->record(std::move(r), c.request.data);
      if (!written) {
        log::write(log::level::error, describe(written.error()), {{"requestId", c.exchange_id}});
        f->reply.not_recorded = written.error();
      }
    }
    co_return std::move(f->reply);
  }

 private:
  /// An answer passed on as received was not taken apart yet.
  reply said_by(const forwarding::forwarded& f) const {
    if (!f.reply.octets || f.reply.fault) return f.reply;
    const auto answer = forwarding::read_answer(f.received, grounds_->limits);
    auto said = answer ? forwarding::reply_from(*answer, {}, grounds_->limits) : result<reply>(reply());
    return said ? std::move(*said) : reply();
  }

  std::shared_ptr<const forwarding::grounds> grounds_;
};

std::shared_ptr<const adapter> make_record(const parts& p) { return std::make_shared<record_adapter>(p.forwarding); }

}  // namespace

extern const kind kind_record;
const kind kind_record{"record", "forwards, and keeps request and answer as fixture and mapping", make_record, true};

}  // namespace shep::adapters
