#include "pipeline/fault_choice.hpp"

#include "protocol/problems.hpp"

namespace shep::pipeline {

result<void> choose_fault(exchange& x, ids& fresh) {
  if (!x.asked_fault.empty() && x.world->senders.may_ask_faults(x.request->sender_id)) {
    auto asked = faults::parse(x.asked_fault);
    if (!asked) {
      const problem why = asked.error();
      return problem(problems::message_format, why.detail, why.where, why.hint);
    }
    x.injected = injected_fault{std::move(*asked), faults::origin::header};
    return {};
  }
  if (x.fault_rules == nullptr) return {};
  if (auto ordered = x.fault_rules->take(x.request->service_id, fresh))
    x.injected = injected_fault{std::move(*ordered), faults::origin::admin};
  return {};
}

bool stands_alone(const exchange& x) { return x.injected && !faults::row_of(x.injected->what.what).spoils_an_answer; }

}  // namespace shep::pipeline
