#include "mocks/engine/problems.hpp"
#include "support.hpp"

namespace shep::mocks::testing {
namespace {

std::string many_services(int services, int mappings_each) {
  std::string text = "{\"mappings\": [";
  for (int s = 0; s < services; ++s)
    for (int m = 0; m < mappings_each; ++m)
      text += mapping_json(
                  "m", "\"serviceId\": \"service-" + std::to_string(s) + "\"",
                  ", \"bodyPatterns\": [{\"matchesXPath\": {\"expression\": \"//iin\", \"equalTo\": \"" + std::to_string(m) + "\"}}]") +
              ",";
  text.back() = ']';
  return text + "}";
}

std::size_t examined(const stub_store& store, std::string_view service_id) {
  const world w;
  request r;
  r.view.service_id = service_id;
  evaluation context(r.view, w.around);
  return store.match(context).examined;
}

TEST(StubStore, B5_MappingsOfOtherServicesAreNotExamined) {
  const auto few = store_of(many_services(1, 5));
  const auto many = store_of(many_services(500, 5));
  EXPECT_EQ(examined(*few, "service-0"), 5u);
  EXPECT_EQ(examined(*many, "service-0"), 5u);
  EXPECT_EQ(examined(*many, "service-499"), 5u);
  EXPECT_EQ(examined(*many, "unknown"), 0u);
}

TEST(StubStore, B5_AnswersOfOneServiceAreFoundByTheTextTheyAskFor) {
  const auto text = many_services(3, 1000);
  const auto store = store_of(text);
  EXPECT_EQ(examined(*store, "service-1"), 0u);  // the request's iin is none of 0…999
  const world w;
  for (const int wanted : {0, 7, 999}) {
    request r("<a><iin>" + std::to_string(wanted) + "</iin></a>");
    r.view.service_id = "service-1";
    evaluation context(r.view, w.around);
    const auto outcome = store->match(context);
    EXPECT_EQ(outcome.examined, 1u);
    ASSERT_NE(outcome.found, nullptr);
    EXPECT_NE(outcome.found->source.find("\"equalTo\":\"" + std::to_string(wanted) + "\""), std::string::npos);
  }
}

TEST(StubStore, B5_SeveralXPathsAndPartsOfTheRequestAreKeys) {
  // What all of them demand alike is no key, however many they are.
  std::string text = "{\"mappings\": [";
  for (int m = 0; m < 300; ++m) {
    const std::string value = std::to_string(m);
    const std::string shep = R"("channel": "sync", "serviceId": "S")" + (m % 3 == 0 ? R"(, "senderId": ")" + value + "\"" : "");
    const std::string path = m % 3 == 1 ? "//iin" : "//bin";
    text +=
        mapping_json(
            value, shep,
            m % 3 == 0 ? "" : R"(, "bodyPatterns": [{"matchesXPath": {"expression": ")" + path + R"(", "equalTo": ")" + value + "\"}}]") +
        ",";
  }
  text.back() = ']';
  const auto store = store_of(text + "}");
  const world w;
  const auto found = [&](const std::string& document, std::string_view sender) {
    request r(document);
    r.view.sender_id = sender;
    evaluation context(r.view, w.around);
    const auto outcome = store->match(context);
    EXPECT_LE(outcome.examined, 1u);
    return outcome.found ? outcome.found->name : "nothing";
  };
  EXPECT_EQ(found("<a/>", "27"), "27");
  EXPECT_EQ(found("<a><iin>28</iin></a>", "x"), "28");
  EXPECT_EQ(found("<a><bin>29</bin></a>", "x"), "29");
  EXPECT_EQ(found("<a><bin>28</bin></a>", "x"), "nothing");
}

TEST(StubStore, B5_TheIndexNeverChangesTheAnswer) {
  // Priorities, several values in one request, mappings without the common XPath, and mappings of every service, all mixed.
  std::string text = "{\"mappings\": [";
  for (int m = 0; m < 300; ++m) {
    const std::string value = std::to_string(m % 7);
    const std::string rest = m % 5 == 0 ? R"(, "bodyPatterns": [{"matchesXPath": {"expression": "//k", "equalTo": ")" + value + R"("}}])"
                             : m % 5 == 4
                                 ? R"(, "bodyPatterns": [{"matchesXPath": {"expression": "//k", "matches": "[)" + value + R"(9]"}}])"
                                 : R"(, "bodyPatterns": [{"matchesXPath": {"expression": "//iin", "equalTo": ")" + value + R"("}}])";
    const std::string service = m % 11 == 0 ? "" : R"("serviceId": "S)" + std::to_string(m % 2) + "\"";
    text += mapping_json("m" + std::to_string(m), service, rest, ", \"priority\": " + std::to_string(1 + (m * 13) % 20)) + ",";
  }
  text.back() = ']';
  const auto store = store_of(text + "}");
  const world w;
  for (const char* service : {"S0", "S1", "S2"})
    for (const char* document :
         {"<a><iin>3</iin></a>", "<a><iin>5</iin><iin>2</iin><iin>5</iin></a>", "<a><k>4</k></a>", "<a><k>9</k><iin>1</iin></a>", "<a/>"}) {
      request r(document);
      r.view.service_id = service;
      evaluation context(r.view, w.around);
      const mapping* best = nullptr;
      for (const auto& m : store->mappings()) {
        const bool holds = std::all_of(m->criteria.begin(), m->criteria.end(), [&](const auto& c) { return c->holds(context); });
        if (holds && (!best || m->priority <= best->priority)) best = m.get();
      }
      EXPECT_EQ(store->match(context).found, best) << service << document;
    }
}

TEST(StubStore, B5_OnlyMappingsWithoutAServiceAreExaminedForEveryRequest) {
  auto text = many_services(100, 3);
  text.insert(text.find('[') + 1, R"({"request": {"shep": {"serviceId": {"matches": "service-1."}}}, "response": {}},)"
                                  R"({"request": {"shep": {"routeId": "none"}}, "response": {}},)");
  const auto store = store_of(text);
  EXPECT_EQ(examined(*store, "service-7"), 5u);
  EXPECT_EQ(examined(*store, "unknown"), 2u);
}

TEST(StubStore, B5_ExplainingLooksAtABoundedNumberOfMappings) {
  const auto store = store_of(many_services(1, 2000));
  const world w;
  request r;
  r.view.service_id = "service-0";
  evaluation context(r.view, w.around);
  EXPECT_EQ(store->nearest(context, 100'000).size(), stub_store::near_miss_budget);
}

TEST(StubStore, A09_ExplainingAMessageOfVeryManyValuesEndsSooner) {
  std::string text = R"({"mappings": [)";
  for (int i = 0; i < 100; ++i)
    text += R"({"request": {"bodyPatterns": [{"matchesXPath": {"expression": "//iin", "equalTo": ")" + std::to_string(i) +
            R"("}}]}, "response": {}})" + (i < 99 ? "," : "]}");
  const auto store = store_of(text);
  const world w;
  std::string document = "<q>";
  for (std::size_t i = 0; i < stub_store::near_miss_values / 10; ++i) document += "<iin>x</iin>";
  request r(document + "</q>");
  evaluation context(r.view, w.around);
  const auto told = store->nearest(context, 100);
  EXPECT_FALSE(told.empty());
  EXPECT_LT(told.size(), 15u);
}

TEST(StubStore, FindsByIdAndKeepsTheOrderOfLoading) {
  const auto store = store_of(many_services(2, 2));
  ASSERT_EQ(store->mappings().size(), 4u);
  const auto& second = *store->mappings()[1];
  EXPECT_EQ(store->find(second.id), &second);
  EXPECT_EQ(store->find("none"), nullptr);
}

TEST(StubStore, SharesMappingsBetweenSetsAndRefusesAnIdTwice) {
  const auto loaded = load(many_services(1, 2));
  auto twice = loaded.mappings;
  twice.push_back(loaded.mappings[0]);
  const auto refused = stub_store::create(twice);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, problems::mapping_duplicate);
  EXPECT_TRUE(stub_store::create(loaded.mappings));
  EXPECT_TRUE(stub_store::create({loaded.mappings[1]}));
}

TEST(StubStore, EqualXPathsAreEvaluatedOnce) {
  query_pool pool;
  const auto a = pool.get("//iin", {}, scope::business_data).value();
  EXPECT_EQ(pool.get("//iin", {}, scope::business_data).value(), a);
  EXPECT_NE(pool.get("//iin", {}, scope::envelope).value(), a);
  EXPECT_NE(pool.get("//iin", {{"p", "urn:x"}}, scope::business_data).value(), a);
  const world w;
  const request r;
  evaluation context(r.view, w.around);
  EXPECT_EQ(&context.texts(*a), &context.texts(*a));
}

}  // namespace
}  // namespace shep::mocks::testing
