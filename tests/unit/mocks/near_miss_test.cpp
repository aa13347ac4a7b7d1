#include "support.hpp"

#include <functional>
#include <ostream>

namespace shep::mocks::testing {
namespace {

constexpr const char* complete = R"~({"mappings": [
  {"name": "target", "request": {
    "shep": {"channel": "sync", "serviceId": {"equalTo": "GBDFLUniversal_token"}, "routeId": "R1", "senderId": {"matches": "PORTAL_.*"},
             "signature": {"indication": "TOTAL_PASSED", "innerIndication": {"absent": true}},
             "person": {"iin": "//iin"}, "consent": {"token": "//kdpToken", "iin": "//iin"}},
    "bodyPatterns": [
      {"matchesXPath": "/q:getUserData", "xPathNamespaces": {"q": "urn:demo"}},
      {"matchesXPath": {"expression": "//purpose", "equalTo": "driving licence"}},
      {"matchesXPath": {"expression": "//purpose/@lang", "equalTo": "kk"}},
      {"matchesXPath": {"expression": "//documentNumber", "absent": true}},
      {"matchesXPath": {"expression": "//messageId", "matches": "m-[0-9]+"}, "in": "envelope"},
      {"matchesXPath": {"expression": "count(//part)", "equalTo": "2"}},
      {"doesNotContain": "DEBUG"}]},
   "response": {}},
  {"name": "decoy", "request": {"shep": {"serviceId": "KDP_SERVICE", "senderId": "nobody", "routeId": "none", "channel": "async"}}, "response": {}}]})~";

/// Everything that the target asks for, so that each test spoils one thing.
struct parts_of_request {
  std::string root = "getUserData";
  std::string space = "urn:demo";
  std::string iin{adult};
  std::string purpose = "<purpose lang='kk'>driving licence</purpose>";
  std::string rest = "<part/><part/>";
  std::string token_service = "GBDFLUniversal_token";
};

struct spoiled {
  const char* title;
  std::function<void(parts_of_request&)> document;
  std::function<void(request_view&)> view;
  std::string criterion;
  std::string expected;
  std::string actual;
};

std::ostream& operator<<(std::ostream& out, const spoiled& s) { return out << s.title; }

class NearMiss : public ::testing::TestWithParam<spoiled> {};

TEST_P(NearMiss, NamesTheWrongCriterionFirst) {
  const auto& mistake = GetParam();
  parts_of_request parts;
  if (mistake.document) mistake.document(parts);
  const world w;
  const kdp_claims claims{std::string(adult), parts.token_service, "", noon, noon + std::chrono::hours(1), "j"};
  request r("<d:" + parts.root + " xmlns:d='" + parts.space + "'><iin>" + parts.iin + "</iin>" + parts.purpose + parts.rest + "<kdpToken>" +
            write_kdp_token(claims, w.authority).value() + "</kdpToken></d:" + parts.root + ">");
  r.view.service_id = "GBDFLUniversal_token";
  if (mistake.view) mistake.view(r.view);

  const auto store = store_of(complete);
  evaluation context(r.view, w.around);
  EXPECT_EQ(store->match(context).found, nullptr);
  const auto misses = store->nearest(context, 3);
  ASSERT_FALSE(misses.empty());
  EXPECT_EQ(misses[0].mapping_name, "target");
  EXPECT_GT(misses[0].distance, 0);
  EXPECT_LT(misses[0].distance, 0.5);
  const auto* failed = misses[0].first_failed();
  ASSERT_NE(failed, nullptr);
  EXPECT_EQ(failed->name, mistake.criterion);
  EXPECT_EQ(failed->expected, mistake.expected);
  EXPECT_EQ(failed->actual, mistake.actual);
  EXPECT_GT(failed->distance, 0);
}

INSTANTIATE_TEST_SUITE_P(
    FifteenPlantedMistakes, NearMiss,
    ::testing::Values(
        spoiled{"channel", {}, [](auto& v) { v.channel = "async"; }, "channel", "equalTo 'sync'", "async"},
        spoiled{"service",
                {},
                [](auto& v) { v.service_id = "GBDFLUniversal_tokem"; },
                "serviceId",
                "equalTo 'GBDFLUniversal_token'",
                "GBDFLUniversal_tokem"},
        spoiled{"route", {}, [](auto& v) { v.route_id = "R2"; }, "routeId", "equalTo 'R1'", "R2"},
        spoiled{"sender", {}, [](auto& v) { v.sender_id = "BANK_1"; }, "senderId", "matches 'PORTAL_.*'", "BANK_1"},
        spoiled{"sender missing", {}, [](auto& v) { v.sender_id = {}; }, "senderId", "matches 'PORTAL_.*'", "(absent)"},
        spoiled{"signature",
                {},
                [](auto& v) { v.signature_indication = "TOTAL_FAILED"; },
                "signature.indication",
                "equalTo 'TOTAL_PASSED'",
                "TOTAL_FAILED"},
        spoiled{"inner signature",
                {},
                [](auto& v) { v.inner_signature_indication = "TOTAL_PASSED"; },
                "signature.innerIndication",
                "absent",
                "TOTAL_PASSED"},
        spoiled{"namespace", [](auto& p) { p.space = "urn:other"; }, {}, "bodyPatterns[0] /q:getUserData", "something there", "(absent)"},
        spoiled{"value",
                [](auto& p) { p.purpose = "<purpose lang='kk'>driving license</purpose>"; },
                {},
                "bodyPatterns[1] //purpose",
                "equalTo 'driving licence'",
                "driving license"},
        spoiled{"attribute",
                [](auto& p) { p.purpose = "<purpose lang='ru'>driving licence</purpose>"; },
                {},
                "bodyPatterns[2] //purpose/@lang",
                "equalTo 'kk'",
                "ru"},
        spoiled{"too much",
                [](auto& p) { p.rest += "<documentNumber>600000001</documentNumber>"; },
                {},
                "bodyPatterns[3] //documentNumber",
                "absent",
                "600000001"},
        spoiled{"count", [](auto& p) { p.rest += "<part/>"; }, {}, "bodyPatterns[5] count(//part)", "equalTo '2'", "3"},
        spoiled{"person", [](auto& p) { p.iin = "900101000025"; }, {}, "person", "registered number at //iin", "900101000025"},
        spoiled{"consent", [](auto& p) { p.token_service = "KDP_SERVICE"; }, {}, "consent", "valid", "otherService"},
        spoiled{"two mistakes", [](auto& p) { p.rest = "<part/>"; }, [](auto& v) { v.route_id = "R9"; }, "routeId", "equalTo 'R1'", "R9"}),
    [](const auto& planted) {
      std::string name = planted.param.title;
      std::replace(name.begin(), name.end(), ' ', '_');
      return name;
    });

/// The same for the operators that join others, compare documents and dates, and ask about conversations and HTTP.
constexpr const char* joined = R"~({"mappings": [
  {"name": "target", "scenarioName": "visit", "requiredScenarioState": "Started", "request": {
    "method": "POST", "urlPath": "/bip-sync", "headers": {"SOAPAction": {"contains": "SendMessage"}},
    "shep": {"serviceId": {"or": [{"equalTo": "A"}, {"equalTo": "S"}]}, "senderId": {"not": {"matches": "TEST_.*"}}},
    "bodyPatterns": [
      {"equalToXml": "<visit><iin>${xmlunit.matchesRegex([0-9]{12})}</iin><when>${xmlunit.ignore}</when><fee currency='KZT'>5</fee></visit>",
       "enablePlaceholders": true},
      {"matchesXPath": {"expression": "//when", "and": [{"after": "now"}, {"before": "now +3 days"}]}},
      {"matchesXPath": {"expression": "//fee", "equalToXml": "<fee currency='KZT'>5</fee>"}},
      {"not": {"matchesXPath": "//refund"}}]},
   "response": {}}]})~";

struct visit {
  std::string iin{adult}, when = "2030-01-03", fee = "<fee currency='KZT'>5</fee>", state = "Started", header = "urn:SendMessage";
  std::string_view service = "S", sender = "PORTAL_1", method = "POST", target = "/bip-sync?wsdl";
};

struct spoiled_visit {
  const char* title;
  std::function<void(visit&)> spoil;
  std::string criterion, expected, actual;
};

std::ostream& operator<<(std::ostream& out, const spoiled_visit& s) { return out << s.title; }

class NearMissOfVisit : public ::testing::TestWithParam<spoiled_visit> {};

TEST_P(NearMissOfVisit, NamesTheWrongCriterionFirst) {
  visit v;
  GetParam().spoil(v);
  request r("<visit><iin>" + v.iin + "</iin><when>" + v.when + "</when>" + v.fee + "</visit>");
  const header_view fields[] = {{"soapaction", v.header}};
  r.view.service_id = v.service;
  r.view.sender_id = v.sender;
  r.view.method = v.method;
  r.view.target = v.target;
  r.view.headers = fields;
  const world w;
  const engine e(store_of(joined), w.around);
  e.scenarios().set("visit", "", v.state);
  EXPECT_TRUE(std::holds_alternative<no_match>(e.decide(r.view).value()));
  const auto misses = e.near_misses(r.view);
  ASSERT_EQ(misses.size(), 1u);
  const auto* failed = misses[0].first_failed();
  ASSERT_NE(failed, nullptr);
  EXPECT_EQ(failed->name, GetParam().criterion);
  EXPECT_NE(failed->expected.find(GetParam().expected), std::string::npos) << failed->expected;
  EXPECT_EQ(failed->actual, GetParam().actual);
  EXPECT_GT(failed->distance, 0);
  EXPECT_LE(failed->distance, 1);
  EXPECT_GT(misses[0].distance, 0);
}

INSTANTIATE_TEST_SUITE_P(
    FifteenPlantedMistakes, NearMissOfVisit,
    ::testing::Values(
        spoiled_visit{"method", [](visit& v) { v.method = "PUT"; }, "method", "equalTo 'POST'", "PUT"},
        spoiled_visit{"path", [](visit& v) { v.target = "/bip-asinc"; }, "urlPath", "equalTo '/bip-sync'", "/bip-asinc"},
        spoiled_visit{"header", [](visit& v) { v.header = "urn:Other"; }, "headers.SOAPAction", "contains 'SendMessage'", "urn:Other"},
        spoiled_visit{"service", [](visit& v) { v.service = "B"; }, "serviceId", "(equalTo 'A' or equalTo 'S')", "B"},
        spoiled_visit{"sender", [](visit& v) { v.sender = "TEST_1"; }, "senderId", "not matches 'TEST_.*'", "TEST_1"},
        spoiled_visit{"short_number", [](visit& v) { v.iin = "12"; }, "bodyPatterns[0]", "equalToXml",
                      "/visit/iin: text '12', expected what matches '[0-9]{12}'"},
        spoiled_visit{"attribute_of_document", [](visit& v) { v.fee = "<fee currency='USD'>5</fee>"; }, "bodyPatterns[0]", "equalToXml",
                      "/visit/fee/@currency: 'USD', expected 'KZT'"},
        spoiled_visit{"text_of_document", [](visit& v) { v.fee = "<fee currency='KZT'>6</fee>"; }, "bodyPatterns[0]", "equalToXml",
                      "/visit/fee: text '6', expected '5'"},
        spoiled_visit{"missing_element", [](visit& v) { v.fee = ""; }, "bodyPatterns[0]", "equalToXml", "/visit/fee: is missing"},
        spoiled_visit{"foreign_namespace", [](visit& v) { v.fee = "<fee xmlns='urn:x' currency='KZT'>5</fee>"; }, "bodyPatterns[0]",
                      "equalToXml", "/visit/fee: is missing"},
        spoiled_visit{"twice", [](visit& v) { v.fee += v.fee; }, "bodyPatterns[0]", "equalToXml", "/visit/fee: occurs 2 times, expected 1"},
        spoiled_visit{"too_early", [](visit& v) { v.when = "2030-01-01"; }, "bodyPatterns[1] //when",
                      "(after 'now' and before 'now +3 days')", "2030-01-01"},
        spoiled_visit{"too_late", [](visit& v) { v.when = "2030-02-01"; }, "bodyPatterns[1] //when", "before 'now +3 days'", "2030-02-01"},
        spoiled_visit{"no_date", [](visit& v) { v.when = "soon"; }, "bodyPatterns[1] //when", "after 'now'", "soon"},
        spoiled_visit{"state", [](visit& v) { v.state = "Done"; }, "scenario visit", "state 'Started'", "Done"}),
    [](const auto& planted) { return std::string(planted.param.title); });

TEST(NearMisses, ComeNearestFirstAndNoMoreThanAskedFor) {
  const auto store =
      store_of("{\"mappings\": [" + mapping_json("far", R"("serviceId": "S", "routeId": "x", "senderId": "y")") + "," +
               mapping_json("near", R"("serviceId": "S", "routeId": "R2")") + "," + mapping_json("other", R"("serviceId": "T")") + "]}");
  const world w;
  const request r;
  evaluation context(r.view, w.around);
  const auto misses = store->nearest(context, 2);
  ASSERT_EQ(misses.size(), 2u);
  EXPECT_EQ(misses[0].mapping_name, "near");
  EXPECT_EQ(misses[1].mapping_name, "far");
  EXPECT_LT(misses[0].distance, misses[1].distance);
  EXPECT_EQ(misses[0].criteria.size(), 2u);
}

TEST(NearMisses, ExplainEveryCriterionAsTheMatcherDecided) {
  const auto store = store_of(complete);
  const world w;
  const request r;
  evaluation context(r.view, w.around);
  for (const auto& m : store->mappings())
    for (const auto& c : m->criteria) {
      const auto report = c->explain(context);
      EXPECT_EQ(report.exact, c->holds(context)) << report.name;
      EXPECT_EQ(report.exact, report.distance == 0) << report.name;
      EXPECT_GE(report.distance, 0);
      EXPECT_LE(report.distance, 1);
    }
}

TEST(NearMisses, ThereAreNoneInAnEmptyStore) {
  const auto store = stub_store::create({}).value();
  const world w;
  const request r;
  evaluation context(r.view, w.around);
  EXPECT_TRUE(store->nearest(context, 3).empty());
}

TEST(NearMisses, CutLongValuesBetweenCharacters) {
  const auto store = store_of(
      mapping_json("m", R"("serviceId": "S")", R"(, "bodyPatterns": [{"matchesXPath": {"expression": "//iin", "equalTo": "1"}}])"));
  const world w;
  std::string text;
  for (int i = 0; i < 300; ++i) text += "ә";
  const request r("<a><iin>" + text + "</iin></a>");
  evaluation context(r.view, w.around);
  const auto shown = store->nearest(context, 1).at(0).first_failed()->actual;
  EXPECT_LE(shown.size(), 203u);
  EXPECT_TRUE(shown.ends_with("ә…"));
}

}  // namespace
}  // namespace shep::mocks::testing
