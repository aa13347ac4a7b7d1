#include "mocks/engine/chance.hpp"
#include "mocks/engine/problems.hpp"
#include "support.hpp"

#include <thread>

#include <boost/json/serialize.hpp>

namespace shep::mocks::testing {
namespace {

result<decision> decide(const std::string& mappings, const request& r, const world& w,
                        std::map<std::string, std::string, std::less<>> bodies = {}) {
  return engine(store_of(mappings, std::move(bodies)), w.around).decide(r.view);
}

TEST(Engine, RendersWhatTheMappingSays) {
  const world w;
  const auto decided = decide(R"~({"id": "00000000-0000-4000-8000-000000000001", "name": "found", "request": {"shep": {"serviceId": "S"}},
    "response": {"bodyFileName": "person.xml", "transformers": ["response-template"], "fixedDelayMilliseconds": 40,
      "shep": {"statusCode": "{{#if (person iin=(xPath '//iin'))}}SCSS001{{else}}SCSE001{{/if}}", "statusMessage": "to {{request.senderId}}",
               "sign": "inner+transport", "carrier": "typed_element", "dataType": {"name": "Answer", "namespace": "urn:t"}}}})~",
                              request(), w, {{"person.xml", "<p>{{#with (person iin=(xPath '//iin'))}}{{surname}}{{/with}}</p>"}});
  ASSERT_TRUE(decided) << describe(decided.error());
  response_definition expected;
  expected.mapping_id = "00000000-0000-4000-8000-000000000001";
  expected.mapping_name = "found";
  expected.status_code = "SCSS001";
  expected.status_message = "to PORTAL_1";
  expected.body = "<p>ҮЛГІБАЕВ</p>";
  expected.carrier = protocol::carrier::typed_element;
  expected.type = data_type{"Answer", "urn:t"};
  expected.sign = signing{true, true};
  expected.delay = std::chrono::milliseconds(40);
  EXPECT_EQ(std::get<response_definition>(*decided), expected);
  EXPECT_EQ(
      boost::json::serialize(to_json(expected)),
      R"({"mappingId":"00000000-0000-4000-8000-000000000001","mappingName":"found","statusCode":"SCSS001","statusMessage":"to PORTAL_1",)"
      R"("body":"<p>ҮЛГІБАЕВ</p>","carrier":"typed_element","dataType":{"name":"Answer","namespace":"urn:t"},)"
      R"("sign":{"inner":true,"transport":true},"delayMilliseconds":40})");
}

TEST(Engine, ABodyIsATemplateOnlyWhenTheMappingSaysSo) {
  const world w;
  const auto decided = decide(R"({"request": {}, "response": {"body": "<a>{{now}}</a>"}})", request(), w);
  EXPECT_EQ(std::get<response_definition>(*decided).body, "<a>{{now}}</a>");
}

TEST(Engine, LeavesOpenWhatTheMappingLeavesOpen) {
  const world w;
  const auto answer = std::get<response_definition>(decide(R"({"request": {}, "response": {}})", request(), w).value());
  EXPECT_EQ(answer.status_code, "");
  EXPECT_FALSE(answer.carrier || answer.type || answer.sign || answer.fault);
  EXPECT_EQ(answer.delay.count(), 0);
}

TEST(Engine, EverySignAndCarrierIsUnderstood) {
  const world w;
  const auto answer = [&](const std::string& shep) {
    return std::get<response_definition>(decide(R"({"request": {}, "response": {"shep": {)" + shep + "}}}", request(), w).value());
  };
  EXPECT_EQ(answer(R"("sign": "none")").sign, (signing{false, false}));
  EXPECT_EQ(answer(R"("sign": "inner")").sign, (signing{true, false}));
  EXPECT_EQ(answer(R"("sign": "transport")").sign, (signing{false, true}));
  EXPECT_EQ(answer(R"("carrier": "escaped_text")").carrier, protocol::carrier::escaped_text);
  EXPECT_EQ(answer(R"("carrier": "cdata")").carrier, protocol::carrier::cdata);
  EXPECT_EQ(answer(R"("carrier": "child_element")").carrier, protocol::carrier::child_element);
  EXPECT_EQ(answer(R"("carrier": "fields")").carrier, protocol::carrier::fields);
  EXPECT_FALSE(answer(R"("fault": null)").fault);
}

TEST(Engine, AFaultIsAnAnswerToo) {
  const world w;
  const auto decided = decide(R"~({"request": {}, "response": {"transformers": ["response-template"],
      "shep": {"fault": {"code": "SCE015", "message": "no access for {{request.senderId}}", "data": "<{{request.routeId}}>"}}}})~",
                              request(), w);
  EXPECT_EQ(std::get<response_definition>(*decided).fault, (soap_fault{"SCE015", "no access for PORTAL_1", "<R1>"}));
}

TEST(Engine, WithoutAMatchTellsTheNearestMappings) {
  const world w;
  const auto decided = decide(mapping_json("near", R"("serviceId": "S", "routeId": "R2")"), request(), w);
  const auto& missed = std::get<no_match>(*decided);
  ASSERT_EQ(missed.nearest.size(), 1u);
  EXPECT_EQ(missed.nearest[0].first_failed()->name, "routeId");
  EXPECT_EQ(missed.nearest[0].file, "mappings/test.json");
}

TEST(Engine, AProblemOfTheTemplateNamesFileAndPlace) {
  const world w;
  const auto decided = decide(R"({"request": {}, "response": {"bodyFileName": "b.xml", "transformers": ["response-template"]}})", request(),
                              w, {{"b.xml", "<a>\n{{formatDate (xPath '//iin')}}</a>"}});
  ASSERT_FALSE(decided);
  EXPECT_EQ(decided.error().code, problems::template_value);
  EXPECT_EQ(decided.error().where, "__files/b.xml:2:3, from mappings/test.json 'mappings/test.json'");
}

TEST(Engine, RenderAnswersForAMappingChosenElsewhere) {
  const world w;
  const request r;
  const auto store = store_of(R"({"name": "m", "request": {"shep": {"serviceId": "other"}}, "response": {"body": "<a/>"}})");
  EXPECT_EQ(render(*store->mappings()[0], r.view, w.around).value().body, "<a/>");
}

TEST(Engine, ManyThreadsShareOneEngine) {
  const world w;
  const engine shared(
      store_of(
          R"~({"request": {"shep": {"person": {"iin": "//iin"}}, "bodyPatterns": [{"matchesXPath": {"expression": "//iin", "matches": "[0-9]+"}}]},
    "response": {"transformers": ["response-template"], "body": "<a>{{randomValue type='UUID'}}{{xPath '//iin'}}</a>"}})~"),
      w.around);
  const request r;
  std::atomic<int> right{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&] {
      for (int i = 0; i < 200; ++i) {
        const auto decided = shared.decide(r.view);
        if (decided && std::get<response_definition>(*decided).body.find("900101000017</a>") != std::string::npos) ++right;
      }
    });
  for (auto& t : threads) t.join();
  EXPECT_EQ(right, 800);
}

TEST(Delay, StaysWithinItsDistribution) {
  ids source(3);
  using std::chrono::milliseconds;
  EXPECT_EQ(drawn_delay(fixed_delay{milliseconds(7)}, &source), milliseconds(7));
  EXPECT_EQ(drawn_delay(no_delay{}, &source), milliseconds(0));
  const delay_plan uniform = uniform_delay{milliseconds(5), milliseconds(8)};
  std::map<std::int64_t, int> seen;
  for (int i = 0; i < 400; ++i) ++seen[drawn_delay(uniform, &source).count()];
  EXPECT_EQ(seen.size(), 4u);
  EXPECT_EQ(seen.begin()->first, 5);
  EXPECT_EQ(seen.rbegin()->first, 8);
  int below = 0;
  for (int i = 0; i < 1000; ++i) below += drawn_delay(lognormal_delay{100, 0.4}, &source) < milliseconds(100);
  EXPECT_NEAR(below, 500, 80);
  for (int i = 0; i < 1000; ++i) EXPECT_LE(drawn_delay(lognormal_delay{600'000, 10}, &source), longest_delay);
  EXPECT_EQ(drawn_delay(uniform, nullptr), milliseconds(6));
}

}  // namespace
}  // namespace shep::mocks::testing
