#include "mocks/engine/engine.hpp"

#include "mocks/engine/chance.hpp"
#include "mocks/engine/template_text.hpp"

namespace shep::mocks {
namespace {

/// Renders one part after the other; the first problem stays.
struct renderer {
  evaluation& context;
  std::optional<problem> failed;

  std::string text(const text_part& part, escaping how) {
    if (const auto* literal = std::get_if<std::shared_ptr<const std::string>>(&part)) return **literal;
    if (failed) return {};
    auto rendered = std::get<std::shared_ptr<const template_text>>(part)->render(context, how);
    if (rendered) return std::move(*rendered);
    failed = rendered.error();
    return {};
  }
};

result<response_definition> render_in(const mapping& m, evaluation& context) {
  const response_plan& plan = m.response;
  renderer parts{context, {}};
  response_definition made;
  made.mapping_id = m.id;
  made.mapping_name = m.name;
  made.status_code = parts.text(plan.status_code, escaping::plain);
  made.status_message = parts.text(plan.status_message, escaping::plain);
  made.body = parts.text(plan.body, escaping::xml);
  made.carrier = plan.carrier;
  made.type = plan.type;
  made.sign = plan.sign;
  if (plan.fault)
    made.fault = soap_fault{parts.text(plan.fault->code, escaping::plain), parts.text(plan.fault->message, escaping::plain),
                            parts.text(plan.fault->data, escaping::plain)};
  made.delay = drawn_delay(plan.delay, context.around.identifiers);
  if (parts.failed) {
    parts.failed->where += ", from " + m.file + " '" + m.name + "'";
    return *parts.failed;
  }
  return made;
}

}  // namespace

result<response_definition> render(const mapping& m, const request_view& view, const surroundings& around) {
  evaluation context(view, around);
  return render_in(m, context);
}

result<decision> engine::decide(const request_view& view) const {
  evaluation context(view, around_);
  const auto outcome = store_->match(context);
  if (!outcome.found) return decision(no_match{store_->nearest(context, near_misses_told)});
  auto answer = render_in(*outcome.found, context);
  if (!answer) return answer.error();
  return decision(std::move(*answer));
}

}  // namespace shep::mocks
