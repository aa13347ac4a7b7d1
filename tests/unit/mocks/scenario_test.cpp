#include "mocks/engine/scenario_overview.hpp"
#include "support.hpp"

#include <algorithm>
#include <thread>

namespace shep::mocks::testing {
namespace {

/// Name of the mapping that answers.
std::string answered(const engine& e, const request& r) {
  const auto decided = e.decide(r.view);
  if (!decided) return describe(decided.error());
  const auto* made = std::get_if<response_definition>(&*decided);
  return made ? made->mapping_name : "nothing";
}

std::string step(const std::string& name, const std::string& required, const std::string& next, const std::string& key = "") {
  return R"({"name": ")" + name + R"(", "request": {"shep": {"serviceId": "S"}}, "response": {}, "scenarioName": "lookup")" + key +
         (required.empty() ? "" : R"(, "requiredScenarioState": ")" + required + "\"") +
         (next.empty() ? "" : R"(, "newScenarioState": ")" + next + "\"") + "}";
}

std::string three_steps(const std::string& key = "") {
  return R"({"mappings": [)" + step("first", "Started", "Two", key) + "," + step("second", "Two", "Three", key) + "," +
         step("third", "Three", "Started", key) + "]}";
}

request of_person(const std::string& iin) { return request("<r><iin>" + iin + "</iin></r>"); }

TEST(Scenario, AnswersInTurn) {
  const world w;
  const engine e(store_of(three_steps()), w.around);
  const request r;
  for (const char* name : {"first", "second", "third", "first", "second"}) EXPECT_EQ(answered(e, r), name);
  EXPECT_EQ(e.scenarios().state("lookup", ""), "Three");
  e.scenarios().reset();
  EXPECT_EQ(answered(e, r), "first");
  e.scenarios().set("lookup", "", "Three");
  EXPECT_EQ(answered(e, r), "third");
}

TEST(Scenario, EachKeyIsAConversationOfItsOwn) {
  const world w;
  const engine e(store_of(three_steps(R"(, "scenarioKey": {"xpath": "//iin"})")), w.around);
  const request a = of_person("1"), b = of_person("2");
  EXPECT_EQ(answered(e, a), "first");
  EXPECT_EQ(answered(e, b), "first");
  EXPECT_EQ(answered(e, a), "second");
  EXPECT_EQ(answered(e, b), "second");
  EXPECT_EQ(answered(e, a), "third");
  EXPECT_EQ(e.scenarios().state("lookup", "2"), "Three");
}

TEST(Scenario, APartOfTheRequestCanBeTheKey) {
  const world w;
  const engine e(store_of(three_steps(R"(, "scenarioKey": {"part": "sessionId"})")), w.around);
  request a, b;
  b.view.session_id = "{other}";
  EXPECT_EQ(answered(e, a), "first");
  EXPECT_EQ(answered(e, b), "first");
  EXPECT_EQ(answered(e, a), "second");
}

TEST(Scenario, AThousandInterleavedConversationsKeepSeparateStates) {
  constexpr int conversations = 1000, rounds = 6, workers = 8;
  const world w;
  const engine e(store_of(three_steps(R"(, "scenarioKey": {"xpath": "//iin"})")), w.around);
  std::atomic<int> wrong{0};
  std::vector<std::thread> threads;
  // Every conversation belongs to one worker, so that its order is known; all of them are under way at once.
  for (int worker = 0; worker < workers; ++worker)
    threads.emplace_back([&, worker] {
      for (int round = 0; round < rounds; ++round)
        for (int i = worker; i < conversations; i += workers) {
          const char* expected[] = {"first", "second", "third"};
          if (answered(e, of_person(std::to_string(i))) != expected[round % 3]) ++wrong;
        }
    });
  for (auto& t : threads) t.join();
  EXPECT_EQ(wrong, 0);
  EXPECT_TRUE(e.scenarios().list(10'000).empty()) << "all are back where they began";
}

TEST(Scenario, RequestsOfOneConversationAtOnceTakeEachStepOnce) {
  const world w;
  std::string mappings;
  constexpr int steps = 400, workers = 8;
  for (int i = 0; i < steps; ++i)
    mappings += (i ? "," : "") + step(std::to_string(i), i ? "s" + std::to_string(i) : "Started", "s" + std::to_string(i + 1));
  const engine e(store_of(R"({"mappings": [)" + mappings + "]}"), w.around);
  std::mutex lock;
  std::vector<std::string> seen;
  std::vector<std::thread> threads;
  for (int worker = 0; worker < workers; ++worker)
    threads.emplace_back([&] {
      for (int i = 0; i < steps / workers; ++i) {
        auto name = answered(e, request());
        const std::lock_guard hold(lock);
        seen.push_back(std::move(name));
      }
    });
  for (auto& t : threads) t.join();
  std::sort(seen.begin(), seen.end());
  EXPECT_EQ(std::adjacent_find(seen.begin(), seen.end()), seen.end()) << "no step answered twice";
  EXPECT_EQ(e.scenarios().state("lookup", ""), "s400");
}

TEST(Scenario, MappingsWithoutOneNeverAskTheStore) {
  class refusing final : public scenario_store {
   public:
    std::string state(std::string_view, std::string_view) override { throw std::logic_error("asked"); }
    bool advance(std::string_view, std::string_view, std::optional<std::string_view>, std::string_view) override {
      throw std::logic_error("moved");
    }
    std::vector<scenario_entry> list(std::size_t) const override { return {}; }
    void reset() override {}
    void reset(std::string_view) override {}
  };
  const world w;
  const auto store = store_of(R"({"mappings": [)" + mapping_json("plain", R"("serviceId": "S")", "", R"(, "priority": 1)") + "," +
                              step("scenario", "Started", "Two") + "]}");
  const engine e(mapping_store::create({store->mappings().begin(), store->mappings().end()}).value(), w.around,
                 std::make_shared<refusing>());
  EXPECT_EQ(answered(e, request()), "plain");
}

TEST(Scenario, NearMissesTellTheState) {
  const world w;
  const engine e(store_of(step("second", "Two", "", R"(, "scenarioKey": {"xpath": "//iin"})")), w.around);
  const auto misses = e.near_misses(of_person("7").view);
  ASSERT_EQ(misses.size(), 1u);
  ASSERT_NE(misses[0].first_failed(), nullptr);
  EXPECT_EQ(misses[0].first_failed()->name, "scenario lookup");
  EXPECT_EQ(misses[0].first_failed()->expected, "state 'Two' for the key '7'");
  EXPECT_EQ(misses[0].first_failed()->actual, "Started");
}

TEST(Scenario, MistakesAreNamed) {
  for (const char* rest : {R"("requiredScenarioState": "A")", R"("newScenarioState": "A")", R"("scenarioKey": {"xpath": "//a"})",
                           R"("scenarioName": "s", "scenarioKey": {})", R"("scenarioName": "s", "scenarioKey": {"xpath": "//a["})",
                           R"("scenarioName": "s", "scenarioKey": {"xpath": "//a", "part": "sessionId"})",
                           R"("scenarioName": "s", "scenarioKey": {"part": "iin"})", R"("scenarioName": "s", "newScenarioState": "")",
                           R"("scenarioName": "s", "scenarioKey": {"part": "sessionId", "in": "envelope"})"}) {
    const auto loaded = load(R"({"request": {}, "response": {}, )" + std::string(rest) + "}");
    EXPECT_EQ(loaded.problems.size(), 1u) << rest;
  }
}

TEST(ScenarioStore, ForgetsWhatWasAskedForLongestAgo) {
  const auto store = memory_scenarios(64);
  for (int i = 0; i < 1000; ++i) store->set("s", std::to_string(i), "Two");
  EXPECT_LE(store->list(10'000).size(), 64u);
  EXPECT_EQ(store->state("s", "999"), "Two");
  EXPECT_EQ(store->state("s", "0"), "Started");
}

TEST(ScenarioStore, ComparesBeforeItMoves) {
  const auto store = memory_scenarios();
  EXPECT_FALSE(store->advance("s", "k", "Two", "Three"));
  EXPECT_TRUE(store->advance("s", "k", "Started", "Two"));
  EXPECT_FALSE(store->advance("s", "k", "Started", "Two"));
  EXPECT_TRUE(store->advance("s", "k", std::nullopt, "Four"));
  EXPECT_EQ(store->state("s", "k"), "Four");
  EXPECT_EQ(store->state("s", ""), "Started");
  store->set("t", "k", "Two");
  store->reset("s");
  ASSERT_EQ(store->list(10).size(), 1u);
  EXPECT_EQ(store->list(10)[0].scenario, "t");
}

TEST(ScenarioStore, HostileKeysAreCut) {
  const auto store = memory_scenarios();
  store->set("s", std::string(100'000, 'k'), "Two");
  EXPECT_EQ(store->list(1).at(0).key.size(), longest_scenario_text);
  // Where the scenario ends and the key begins is never in doubt.
  store->set("ab", "c", "Two");
  EXPECT_EQ(store->state("a", "bc"), "Started");
}

TEST(ScenarioOverview, ShowsWhatWireMockShows) {
  const world w;
  const engine e(store_of(three_steps(R"(, "scenarioKey": {"xpath": "//iin"})")), w.around);
  answered(e, of_person("1"));
  const auto all = scenarios_of(*e.store(), e.scenarios());
  ASSERT_EQ(all.size(), 1u);
  EXPECT_EQ(all[0].name, "lookup");
  EXPECT_TRUE(all[0].keyed);
  EXPECT_EQ(all[0].possible_states, (std::vector<std::string>{"Started", "Three", "Two"}));
  EXPECT_EQ(all[0].state, "Started");
  ASSERT_EQ(all[0].conversations.size(), 1u);
  EXPECT_EQ(all[0].conversations[0].key, "1");
  EXPECT_EQ(all[0].conversations[0].state, "Two");
}

}  // namespace
}  // namespace shep::mocks::testing
