#include "mocks/engine/mapping_keys.hpp"
#include "mocks/engine/problems.hpp"
#include "mocks/engine/request_decoder.hpp"
#include "mocks/engine/scenario_store.hpp"

#include <array>

namespace shep::mocks {
namespace {

constexpr std::array<std::string_view, 6> parts = {"senderId", "serviceId", "routeId", "sessionId", "messageId", "correlationId"};
constexpr std::array part_members = {&request_view::sender_id,  &request_view::service_id, &request_view::route_id,
                                     &request_view::session_id, &request_view::message_id, &request_view::correlation_id};
constexpr std::array<std::string_view, 2> key_documents = {"envelope", "businessData"};

void decode_key(const json_node& node, decode_context& context, scenario_step& step) {
  if (!node.is_object(keys::scenario_key)) return;
  const auto path = node.member("xpath");
  const auto part = node.member("part");
  if (path.has_value() == part.has_value()) {
    node.fail(problems::mapping_value, "a scenarioKey has either 'xpath' or 'part'",
              R"({"xpath": "//iin"}, or {"part": "sessionId"} for a member of the request)");
    return;
  }
  if (part) {
    if (const auto chosen = part->choice(parts)) step.key_member = part_members[*chosen];
    for (const auto key : {"in", "xPathNamespaces"})
      if (const auto unused = node.member(key))
        unused->fail(problems::mapping_value, "'" + std::string(key) + "' goes with 'xpath' only", "", pointed::key);
    return;
  }
  scope where = scope::business_data;
  if (const auto in = node.member("in"))
    if (const auto chosen = in->choice(key_documents)) where = *chosen == 0 ? scope::envelope : scope::business_data;
  step.key_path = decode_xpath(*path, decode_prefixes(node), where, context);
}

std::optional<std::string> state(const json_node& node, std::string_view key) {
  const auto given = node.member(key);
  auto text = given ? given->text() : std::nullopt;
  if (text && (text->empty() || text->size() > longest_scenario_text)) {
    given->fail(problems::mapping_value, "a state has 1 to " + std::to_string(longest_scenario_text) + " octets");
    return std::nullopt;
  }
  return text;
}

}  // namespace

void decode_scenario(const json_node& node, decode_context& context, mapping& made) {
  const auto name = node.member("scenarioName");
  if (!name) {
    for (const auto key : {"scenarioKey", "requiredScenarioState", "newScenarioState"})
      if (const auto alone = node.member(key))
        alone->fail(problems::mapping_value, "'" + std::string(key) + "' stands without scenarioName", "name the scenario", pointed::key);
    return;
  }
  scenario_step step;
  step.name = state(node, "scenarioName").value_or("");
  if (const auto key = node.member("scenarioKey")) decode_key(*key, context, step);
  step.required = state(node, "requiredScenarioState");
  step.next = state(node, "newScenarioState");
  if (step.required) made.criteria.push_back(std::make_unique<scenario_criterion>(step));
  made.scenario = std::move(step);
}

}  // namespace shep::mocks
