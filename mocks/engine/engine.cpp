#include "mocks/engine/engine.hpp"

#include "mocks/engine/chance.hpp"
#include "mocks/engine/problems.hpp"
#include "mocks/engine/template_text.hpp"

namespace shep::mocks {
namespace {

constexpr int most_rounds = 1000;

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
  if (plan.injected) {
    const auto& texts = plan.injected->texts;
    made.injected =
        faults::injection{plan.injected->what, parts.text(texts.code, escaping::plain), parts.text(texts.message, escaping::plain),
                          parts.text(texts.data, escaping::plain), plan.injected->time};
  }
  made.http = plan.http;
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

engine::engine(std::shared_ptr<const stub_store> store, surroundings around)
    : engine(mapping_store::create({store->mappings().begin(), store->mappings().end()}).value(), around) {}

engine::engine(std::shared_ptr<mapping_store> mappings, surroundings around, std::shared_ptr<scenario_store> scenarios)
    : mappings_(std::move(mappings)), scenarios_(scenarios ? std::move(scenarios) : memory_scenarios()), around_(around) {
  around_.scenarios = scenarios_.get();
}

result<decision> engine::decide(const request_view& view) const {
  const auto store = mappings_->snapshot();
  evaluation context(view, around_);
  // Another request of the same conversation may be quicker between look and move: look again. Each round lost is a round another won.
  for (int round = 0; round < most_rounds; ++round) {
    const auto outcome = store->match(context);
    if (!outcome.found) return decision(no_match{store->nearest(context, near_misses_told)});
    if (outcome.found->scenario && !advance(*outcome.found->scenario, context)) {
      context.forget_scenarios();
      continue;
    }
    auto answer = render_in(*outcome.found, context);
    if (!answer) return answer.error();
    // Made in its place: g++ 12 believes that a moved variant could hold the other alternative, uninitialized.
    return result<decision>(boost::system::in_place_value, std::move(*answer));
  }
  return problem(problems::scenario_busy, "the conversation was moved on by others " + std::to_string(most_rounds) + " times", {},
                 "send the request again, or give the scenario a scenarioKey");
}

std::vector<near_miss> engine::near_misses(const request_view& view, std::size_t count) const {
  const auto store = mappings_->snapshot();
  evaluation context(view, around_);
  return store->nearest(context, count);
}

near_miss engine::compare(const mapping& m, const request_view& view) const {
  evaluation context(view, around_);
  return explained(m, context);
}

bool engine::matches(const mapping& m, const request_view& view) const {
  evaluation context(view, around_);
  return all_hold(m, context);
}

}  // namespace shep::mocks
