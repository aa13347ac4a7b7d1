#include "mocks/engine/json_node.hpp"
#include "mocks/engine/problems.hpp"
#include "support.hpp"

namespace shep::mocks::testing {
namespace {

std::string told(const load_outcome& loaded) {
  std::string text;
  for (const auto& p : loaded.problems) text += describe(p) + "\n";
  return text;
}

struct mistake {
  const char* json;
  const char* code;
  const char* where;  ///< behind the file's name
  const char* told;   ///< part of the sentence or hint
};

std::ostream& operator<<(std::ostream& out, const mistake& m) { return out << m.code << " " << m.where; }

class PlantedMistakes : public ::testing::TestWithParam<mistake> {};

TEST_P(PlantedMistakes, AreRefusedWithPlaceAndHint) {
  const auto& m = GetParam();
  const auto loaded = load(m.json, {{"ok.xml", "<a/>"}, {"bad.xml", "<a>\n<b></a>"}, {"bad.hbs", "<a>\n {{#if}}</a>"}});
  EXPECT_TRUE(loaded.mappings.empty());
  ASSERT_EQ(loaded.problems.size(), 1u) << told(loaded);
  const auto& p = loaded.problems.front();
  EXPECT_EQ(p.code.name, m.code) << describe(p);
  EXPECT_NE(p.where.find(m.where), std::string::npos) << describe(p);
  EXPECT_NE((p.detail + " " + p.hint).find(m.told), std::string::npos) << describe(p);
}

constexpr const char* key = "mocks.mapping_key";
constexpr const char* later = "mocks.mapping_unsupported";
constexpr const char* value = "mocks.mapping_value";
constexpr const char* file = "mocks.mapping_file";
constexpr const char* templ = "mocks.template_syntax";

INSTANTIATE_TEST_SUITE_P(
    Loader, PlantedMistakes,
    ::testing::Values(
        mistake{R"({"request": {}, "response": {}, "prioritty": 1})", key, "test.json:1:33 /prioritty", "did you mean 'priority'?"},
        mistake{R"({"request": {"shep": {"serviceID": "S"}}, "response": {}})", key, ":1:23 /request/shep/serviceID", "'serviceId'"},
        mistake{"{\"request\": {\n  \"shep\": {\"colour\": 1}}, \"response\": {}}", key, ":2:12 /request/shep/colour",
                "known here: channel"},
        mistake{R"({"request": {"shep": {"senderId": {"equals": "S"}}}, "response": {}})", key, "/request/shep/senderId/equals",
                "'equalTo'"},
        mistake{R"({"request": {}, "response": {"shep": {"fault": {"kode": "1", "code": "2"}}}})", key, "/response/shep/fault/kode",
                "'code'"},
        mistake{R"({"mappings": [], "mapings": 1})", key, "/mapings", "'mappings'"},
        mistake{R"({"request": {"queryParameters": {}}, "response": {}})", later, ":1:14 /request/queryParameters",
                "'queryParameters' is not supported yet"},
        mistake{R"({"request": {"customMatcher": {}}, "response": {}})", later, "/request/customMatcher", "not supported yet"},
        mistake{R"({"request": {}, "response": {}, "postServeActions": []})", later, "/postServeActions", "not supported yet"},
        mistake{R"({"request": {"bodyPatterns": [{"equalToJson": "{}"}]}, "response": {}})", later, "/request/bodyPatterns/0/equalToJson",
                "not supported yet"},
        mistake{R"({"request": {"shep": {"senderId": {"equalToXml": "<a/>"}}}, "response": {}})", later, "/senderId/equalToXml",
                "not supported yet"},
        mistake{R"({"request": {}, "response": {"proxyBaseUrl": "http://x"}})", later, "/response/proxyBaseUrl", "not supported yet"},
        mistake{R"({"request": {}, "response": {"status": 99}})", value, "/response/status", "a whole number from 200"},
        mistake{R"({"request": {"url": "/a", "urlPath": "/a"}, "response": {}})", value, "/request/urlPath", "beside 'url'"},
        mistake{R"({"request": {}, "response": {"fault": "EMPTY_RESPONSES"}})", value, "/response/fault", "did you mean 'EMPTY_RESPONSE'?"},
        mistake{R"({"request": {}, "response": {"shep": {"fault": "CERT_EXPIRD"}}})", value, "/response/shep/fault",
                "did you mean 'CERT_EXPIRED'?"},
        mistake{R"({"request": {}, "response": {"jsonBody": {}}})", value, "/response", "a business document is XML"},
        mistake{R"({"response": {}})", value, ":1:1 /", "no 'request'"}, mistake{R"({"request": {}})", value, ":1:1 /", "no 'response'"},
        mistake{R"([])", value, ":1:1 /", "a list stands where an object is expected"},
        mistake{R"({"mappings": {}})", value, ":1:14 /mappings", "an object stands where a list is expected"},
        mistake{R"({"request": {}, "response": {}, "priority": "high"})", value, ":1:45 /priority", "a whole number from 1"},
        mistake{R"({"request": {}, "response": {}, "priority": 0})", value, "/priority", "a whole number from 1"},
        mistake{R"({"request": {}, "response": {}, "id": "x"})", value, "/id", "not a UUID"},
        mistake{R"({"request": {"shep": {"channel": "synch"}}, "response": {}})", value, "/request/shep/channel", "did you mean 'sync'?"},
        mistake{R"({"request": {"shep": {"serviceId": ""}}, "response": {}})", value, "/request/shep/serviceId", "absent"},
        mistake{R"({"request": {"shep": {"serviceId": {}}}, "response": {}})", value, "/request/shep/serviceId", "no operator"},
        mistake{R"({"request": {"shep": {"serviceId": 5}}, "response": {}})", value, "/request/shep/serviceId", "a number stands"},
        mistake{R"({"request": {"shep": {"serviceId": {"equalTo": "a", "matches": "b"}}}, "response": {}})", value,
                "/request/shep/serviceId/matches", "beside"},
        mistake{R"({"request": {"shep": {"serviceId": {"matches": "a", "caseInsensitive": true}}}, "response": {}})", value,
                "/request/shep/serviceId/caseInsensitive", "(?i)"},
        mistake{R"({"request": {"shep": {"serviceId": {"matches": "("}}}, "response": {}})", value, "/request/shep/serviceId/matches",
                "not a regular expression"},
        mistake{R"({"request": {"shep": {"serviceId": {"absent": false}}}, "response": {}})", value, "/absent", "can only be true"},
        mistake{R"({"request": {"shep": {"signature": {"indication": "PASSED"}}}, "response": {}})", value, "/signature/indication",
                "TOTAL_PASSED"},
        mistake{R"({"request": {"shep": {"consent": {"iin": "//iin"}}}, "response": {}})", value, "/request/shep/consent",
                "'token' is missing"},
        mistake{R"({"request": {"shep": {"consent": {"token": "//t", "verdict": "expird"}}}, "response": {}})", value, "/consent/verdict",
                "'expired'"},
        mistake{R"({"request": {"shep": {"person": {"known": true}}}, "response": {}})", value, "/request/shep/person", "'iin' is missing"},
        mistake{R"({"request": {"bodyPatterns": {}}, "response": {}})", value, "/request/bodyPatterns", "a list is expected"},
        mistake{R"({"request": {"bodyPatterns": [{}]}, "response": {}})", value, "/request/bodyPatterns/0", "no operator"},
        mistake{R"({"request": {"bodyPatterns": [{"contains": "a", "in": "businessData"}]}, "response": {}})", value,
                "/request/bodyPatterns/0/in", "matchesXPath"},
        mistake{R"({"request": {"bodyPatterns": [{"matchesXPath": "//a", "in": "body"}]}, "response": {}})", value,
                "/request/bodyPatterns/0/in", "envelope"},
        mistake{R"({"request": {"bodyPatterns": [{"matchesXPath": "//a", "equalTo": "1"}]}, "response": {}})", value,
                "/request/bodyPatterns/0", "put it into it"},
        mistake{R"({"request": {"bodyPatterns": [{"matchesXPath": {"equalTo": "1"}}]}, "response": {}})", value,
                "/request/bodyPatterns/0/matchesXPath", "XPath is missing"},
        mistake{R"({"request": {"bodyPatterns": [{"matchesXPath": "//a[", "in": "envelope"}]}, "response": {}})", "xml.xpath",
                "/request/bodyPatterns/0/matchesXPath", ""},
        mistake{R"({"request": {"bodyPatterns": [{"matchesXPath": "//x:a"}]}, "response": {}})", "xml.xpath",
                "/request/bodyPatterns/0/matchesXPath", "x"},
        mistake{R"({"request": {}, "response": {"body": "<a/>", "bodyFileName": "ok.xml"}})", value, "/response/bodyFileName", "keep one"},
        mistake{R"({"request": {}, "response": {"bodyFileName": "gone.xml"}})", file, "/response/bodyFileName",
                "'gone.xml' does not exist"},
        mistake{R"({"request": {}, "response": {"bodyFileName": "bad.xml"}})", value, "__files/bad.xml line 2", "not an XML document"},
        mistake{R"({"request": {}, "response": {"body": "<a>"}})", value, "/response/body", "not an XML document"},
        mistake{R"({"request": {}, "response": {"body": "text"}})", value, "/response/body", "not an XML document"},
        mistake{R"({"request": {}, "response": {"bodyFileName": "bad.hbs", "transformers": ["response-template"]}})", templ,
                "__files/bad.hbs:2:", "a value is missing"},
        mistake{R"({"request": {}, "response": {"body": "{{reqest.serviceId}}", "transformers": ["response-template"]}})", templ,
                "template:1:3, from mappings/test.json:1:38 /response/body", "neither a helper nor a value"},
        mistake{R"({"request": {}, "response": {"transformers": ["response-templates"]}})", value, "/response/transformers/0",
                "did you mean 'response-template'?"},
        mistake{R"({"request": {}, "response": {"fixedDelayMilliseconds": -1}})", value, "/response/fixedDelayMilliseconds", "0 to 600000"},
        mistake{R"({"request": {}, "response": {"delayDistribution": {"type": "uniform", "lower": 5}}})", value,
                "/response/delayDistribution", "'upper' is missing"},
        mistake{R"({"request": {}, "response": {"delayDistribution": {"type": "uniform", "lower": 5, "upper": 1}}})", value,
                "/response/delayDistribution/upper", "less than"},
        mistake{R"({"request": {}, "response": {"delayDistribution": {"type": "uniform", "lower": 1, "upper": 5, "sigma": 1}}})", value,
                "/response/delayDistribution/sigma", "does not go with"},
        mistake{R"({"request": {}, "response": {"delayDistribution": {"type": "lognormal", "median": 5, "sigma": "x"}}})", value,
                "/response/delayDistribution/sigma", "a number from 0 to 10"},
        mistake{R"({"request": {}, "response": {"shep": {"sign": "both"}}})", value, "/response/shep/sign", "inner+transport"},
        mistake{R"({"request": {}, "response": {"shep": {"carrier": "child"}}})", value, "/response/shep/carrier", "child_element"},
        mistake{R"({"request": {}, "response": {"shep": {"carrier": "cdata", "dataType": {"name": "T"}}}})", value,
                "/response/shep/dataType", "typed_element"},
        mistake{R"({"request": {}, "response": {"shep": {"carrier": "typed_element", "dataType": {"name": "1 bad\"><x"}}}})", value,
                "/response/shep/dataType/name", "ns3:ServiceType"},
        mistake{R"({"request": {}, "response": {"shep": {"fault": {"message": "m"}}}})", value, "/response/shep/fault",
                "'code' is missing"},
        mistake{R"({"request": {}, "response": {"body": "<a/>", "shep": {"fault": {"code": "1"}}}})", value, "/response",
                "a fault has neither"},
        mistake{R"({"request": {}, "response": {}, "metadata": 1})", value, "/metadata", "object"},
        mistake{"{\"request\": {}, \"response\": {},,}", "mocks.json", "test.json:1:", "not JSON"},
        mistake{R"({"request": {}, "request": {}, "response": {}})", "mocks.json_duplicate_key", "/request", "twice"}));

TEST(Loader, TellsAllMistakesOfAFileAtOnce) {
  const auto loaded = load(R"({"mappings": [
    {"request": {"shep": {"serviceID": "S"}, "cookies": {}}, "response": {"bodyFileName": "../x"}},
    {"request": {}, "response": {}},
    {"request": {"bodyPatterns": [{"matchesXPath": "//["}]}, "response": {}}]})");
  EXPECT_EQ(loaded.mappings.size(), 1u);
  ASSERT_EQ(loaded.problems.size(), 4u) << told(loaded);
  EXPECT_NE(told(loaded).find("test.json:2:27 /mappings/0/request/shep/serviceID"), std::string::npos) << told(loaded);
  EXPECT_NE(told(loaded).find("test.json:4:52 /mappings/2/request/bodyPatterns/0/matchesXPath"), std::string::npos) << told(loaded);
}

TEST(Loader, A10_TellsABoundedNumberOfMistakesAndLoadsNothingOfTheFile) {
  std::string text = R"({"mappings": [)";
  for (int i = 0; i < 20'000; ++i) text += R"({"request": {}, "respnse": {}},)";
  text.back() = ']';
  const auto loaded = load(text + "}");
  ASSERT_EQ(loaded.problems.size(), decode_report::most_told + 1);
  EXPECT_TRUE(loaded.mappings.empty());
  EXPECT_NE(loaded.problems.back().detail.find("no more than 200"), std::string::npos);
}

TEST(Loader, MakesTheSameIdForTheSamePlaceAndKeepsGivenOnes) {
  const std::string two = R"({"mappings": [{"request": {}, "response": {}}, {"request": {}, "response": {}}]})";
  const auto first = load(two);
  const auto second = load(two);
  ASSERT_EQ(first.mappings.size(), 2u);
  EXPECT_EQ(first.mappings[0]->id, second.mappings[0]->id);
  EXPECT_NE(first.mappings[0]->id, first.mappings[1]->id);
  EXPECT_EQ(first.mappings[0]->id.size(), 36u);
  EXPECT_EQ(first.mappings[0]->id[14], '8');
  EXPECT_EQ(first.mappings[1]->name, "mappings/test.json#1");
  const auto given = load(R"({"uuid": "0000000A-0000-4000-8000-000000000001", "request": {}, "response": {}})");
  ASSERT_EQ(given.mappings.size(), 1u);
  EXPECT_EQ(given.mappings[0]->id, "0000000a-0000-4000-8000-000000000001");
}

TEST(Loader, RefusesTheSecondMappingWithAnId) {
  const std::string json = R"({"id": "00000000-0000-4000-8000-000000000001", "name": "one", "request": {}, "response": {}})";
  const auto loaded = load_all({{"mappings/a.json", json}, {"mappings/b.json", json}});
  EXPECT_EQ(loaded.mappings.size(), 1u);
  ASSERT_EQ(loaded.problems.size(), 1u);
  EXPECT_EQ(loaded.problems[0].code, problems::mapping_duplicate);
  EXPECT_NE(loaded.problems[0].detail.find("'one in mappings/a.json'"), std::string::npos);
  EXPECT_EQ(loaded.problems[0].where, "mappings/b.json:1:1 /");
}

TEST(Loader, KeepsTheSourceForTheAdminApi) {
  const auto loaded = load("{\"request\": {}, // comment\n \"response\": {}, \"metadata\": {\"a\": 1}}");
  ASSERT_EQ(loaded.mappings.size(), 1u) << told(loaded);
  EXPECT_EQ(loaded.mappings[0]->source, R"({"request":{},"response":{},"metadata":{"a":1}})");
}

TEST(Loader, ReadsARootInTheOrderOfPaths) {
  temporary_folder root;
  root.write("mappings/b/one.json", R"({"name": "b", "request": {}, "response": {"bodyFileName": "s/body.xml"}})");
  root.write("mappings/a.json", R"({"name": "a", "request": {}, "response": {}})");
  root.write("mappings/README.md", "not a mapping");
  root.write("__files/s/body.xml", "<a/>");
  const auto loaded = load_mappings(root.path());
  ASSERT_EQ(loaded.mappings.size(), 2u) << told(loaded);
  EXPECT_TRUE(loaded.problems.empty());
  EXPECT_EQ(loaded.mappings[0]->name, "a");
  EXPECT_EQ(loaded.mappings[1]->file, "mappings/b/one.json");
}

TEST(Loader, NamesTheFileOfEachProblemInARoot) {
  temporary_folder root;
  root.write("mappings/a/x.json", "{");
  root.write("mappings/b.json", R"({"request": {}, "response": {"bodyFileName": "gone.xml"}})");
  std::filesystem::create_symlink("b.json", root.path() / "mappings/c.json");
  const auto loaded = load_mappings(root.path());
  EXPECT_TRUE(loaded.mappings.empty());
  ASSERT_EQ(loaded.problems.size(), 3u) << told(loaded);
  EXPECT_NE(told(loaded).find("mappings/a/x.json:1:2"), std::string::npos) << told(loaded);
  EXPECT_NE(told(loaded).find("mappings/b.json:1:46 /response/bodyFileName"), std::string::npos) << told(loaded);
  EXPECT_NE(told(loaded).find("mappings/c.json"), std::string::npos) << told(loaded);
}

TEST(Loader, ARootWithoutMappingsIsEmptyAndFine) {
  temporary_folder root;
  const auto loaded = load_mappings(root.path());
  EXPECT_TRUE(loaded.mappings.empty());
  EXPECT_TRUE(loaded.problems.empty());
}

TEST(Loader, ReadsABodyFileOnceHoweverManyMappingsNameIt) {
  struct counting final : body_source {
    int reads = 0;
    result<std::string> read(std::string_view) override {
      ++reads;
      return std::string("<a/>");
    }
  } bodies;
  std::vector<mapping_text> texts;
  for (int i = 0; i < 10; ++i) texts.push_back({"m" + std::to_string(i), R"({"request": {}, "response": {"bodyFileName": "a.xml"}})"});
  EXPECT_EQ(load_mappings(texts, bodies).mappings.size(), 10u);
  EXPECT_EQ(bodies.reads, 1);
}

}  // namespace
}  // namespace shep::mocks::testing
