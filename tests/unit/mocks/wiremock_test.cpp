#include "mocks/engine/problems.hpp"
#include "support.hpp"

namespace shep::mocks::testing {
namespace {

response_definition answer(const std::string& json, const request& r) {
  const world w;
  const engine e(store_of(json), w.around);
  const auto decided = e.decide(r.view);
  if (const auto* made = decided ? std::get_if<response_definition>(&*decided) : nullptr) return *made;
  ADD_FAILURE() << "nothing answers";
  return {};
}

request posted(std::string_view target, std::span<const header_view> headers = {}) {
  request r;
  r.view.target = target;
  r.view.headers = headers;
  return r;
}

faults::injection plain(faults::kind what) { return {what, {}, {}, {}, faults::usual_time}; }

TEST(WireMock, AMappingForHttpAnswersAsItStands) {
  const auto made = answer(R"({
    "id": "76ada7b0-55ae-4229-91c4-396a36f18347", "priority": 1, "persistent": true,
    "request": {"method": "POST", "urlPath": "/bip-sync", "headers": {"Content-Type": {"contains": "xml"}},
                "bodyPatterns": [{"matchesXPath": "/Envelope/Body/SendMessage//iin"}, {"contains": "900101000017"}]},
    "response": {"status": 503, "statusMessage": "Not now", "body": "plain text, no XML",
                 "headers": {"Content-Type": "text/plain", "Set-Cookie": ["a=1", "b=2"]}, "fixedDelayMilliseconds": 10}})",
                           [] {
                             static const header_view fields[] = {{"content-type", "text/xml; charset=utf-8"}};
                             return posted("/bip-sync?x=1", fields);
                           }());
  ASSERT_TRUE(made.http);
  EXPECT_TRUE(made.http->verbatim);
  EXPECT_EQ(made.http->status, 503);
  EXPECT_EQ(made.http->reason, "Not now");
  EXPECT_EQ(made.http->headers, (std::vector<std::pair<std::string, std::string>>{
                                    {"Content-Type", "text/plain"}, {"Set-Cookie", "a=1"}, {"Set-Cookie", "b=2"}}));
  EXPECT_EQ(made.body, "plain text, no XML");
  EXPECT_EQ(made.delay.count(), 10);
}

TEST(WireMock, UrlsAreComparedAsWireMockDoes) {
  const auto matches = [](const char* url, std::string_view target) {
    const auto store = store_of(R"({"name": "m", "request": {"method": "ANY", )" + std::string(url) + R"(}, "response": {}})");
    return chosen(*store, posted(target), world()) == "m";
  };
  EXPECT_TRUE(matches(R"("url": "/a?b=1")", "/a?b=1"));
  EXPECT_FALSE(matches(R"("url": "/a")", "/a?b=1"));
  EXPECT_TRUE(matches(R"("urlPath": "/a")", "/a?b=1"));
  EXPECT_TRUE(matches(R"("urlPattern": "/a\\?b=[0-9]")", "/a?b=1"));
  EXPECT_FALSE(matches(R"("urlPattern": "/a")", "/a?b=1"));
  EXPECT_TRUE(matches(R"("urlPathPattern": "/[a-c]")", "/a?b=1"));
  EXPECT_FALSE(matches(R"("urlPath": "/a")", ""));
}

TEST(WireMock, HeadersHaveSeveralValuesAndAnyCase) {
  const auto matches = [](const char* operators) {
    static const header_view fields[] = {{"X-Trace", "one"}, {"x-trace", "two"}};
    const auto store = store_of(R"({"name": "m", "request": {"headers": {"X-TRACE": )" + std::string(operators) + R"(}}, "response": {}})");
    return chosen(*store, posted("/", fields), world()) == "m";
  };
  EXPECT_TRUE(matches(R"({"equalTo": "two"})"));
  EXPECT_FALSE(matches(R"({"equalTo": "three"})"));
  EXPECT_FALSE(matches(R"({"doesNotMatch": "t.*"})"));
  EXPECT_FALSE(matches(R"({"absent": true})"));
  EXPECT_TRUE(matches(R"({"and": [{"equalTo": "one"}, {"equalTo": "two"}]})"));
  EXPECT_TRUE(matches(R"({"not": {"equalTo": "three"}})"));
}

TEST(WireMock, FaultsJsonBodiesAndTemplatesLoad) {
  EXPECT_EQ(answer(R"({"request": {"method": "POST"}, "response": {"fault": "EMPTY_RESPONSE"}})", posted("/")).injected,
            plain(faults::kind::empty_response));
  EXPECT_EQ(answer(R"({"request": {"method": "POST"}, "response": {"status": 200, "jsonBody": {"a": [1]}}})", posted("/")).body,
            R"({"a":[1]})");
  EXPECT_EQ(
      answer(R"({"request": {"method": "POST"}, "response": {"body": "for {{request.senderId}}", "transformers": ["response-template"]}})",
             posted("/"))
          .body,
      "for PORTAL_1");
  EXPECT_EQ(answer(R"({"request": {}, "response": {"shep": {"fault": "SIGNATURE_MISSING"}}})", posted("/")).injected,
            plain(faults::kind::signature_missing));
}

TEST(WireMock, AFaultMayHaveParameters) {
  const auto injected = [](const std::string& fault, const std::string& more = {}) {
    return answer(R"({"request": {}, "response": {)" + more + R"("shep": {"fault": )" + fault + "}}}", posted("/")).injected;
  };
  EXPECT_EQ(injected(R"({"name": "SLOW_DRIP", "milliseconds": 3000})"),
            (faults::injection{faults::kind::slow_drip, {}, {}, {}, std::chrono::seconds(3)}));
  EXPECT_EQ(injected(R"({"name": "HTTP_503"})"), plain(faults::kind::http_503));
  EXPECT_EQ(injected(R"({"name": "FAULT_ERRORINFO", "code": "SCE015", "message": "for {{request.senderId}}", "data": "d"})",
                     R"("transformers": ["response-template"], )"),
            (faults::injection{faults::kind::fault_errorinfo, "SCE015", "for PORTAL_1", "d", faults::usual_time}));
}

TEST(WireMock, ParametersThatAFaultDoesNotHaveAreRefusedInTheirPlace) {
  const std::pair<const char*, const char*> wrong[] = {
      {R"({"name": "SLOW_DRIP", "millis": 1})", "/response/shep/fault/millis"},
      {R"({"name": "SLOW_DRIP", "milliseconds": 60001})", "/response/shep/fault/milliseconds"},
      {R"({"name": "SLOW_DRIP", "milliseconds": "1"})", "/response/shep/fault/milliseconds"},
      {R"({"name": "SLOW_DRIPP"})", "/response/shep/fault/name"},
      {R"({"name": 1})", "/response/shep/fault/name"},
      {R"({"name": "HTTP_503", "milliseconds": 1})", "/response/shep/fault"},
      {R"({"name": "SLOW_DRIP", "code": "SCE015"})", "/response/shep/fault"},
      {R"({"code": "SCE015", "milliseconds": 1})", "/response/shep/fault/milliseconds"}};
  for (const auto& [fault, pointer] : wrong) {
    const auto loaded = load(R"({"request": {}, "response": {"shep": {"fault": )" + std::string(fault) + "}}}");
    ASSERT_EQ(loaded.problems.size(), 1u) << fault;
    EXPECT_TRUE(loaded.problems[0].where.ends_with(std::string(" ") + pointer)) << loaded.problems[0].where;
  }
}

TEST(WireMock, WithShepTheAnswerIsABusinessDocumentStill) {
  const auto made =
      answer(R"({"request": {"method": "POST", "shep": {"serviceId": "S"}}, "response": {"status": 500, "body": "<a/>"}})", posted("/"));
  ASSERT_TRUE(made.http);
  EXPECT_FALSE(made.http->verbatim);
  EXPECT_EQ(made.http->status, 500);
  EXPECT_FALSE(answer(R"({"request": {}, "response": {"body": "<a/>"}})", posted("/")).http);
}

TEST(WireMock, TheRestIsRefusedByName) {
  for (const char* key : {"urlPathTemplate", "queryParameters", "formParameters", "pathParameters", "cookies", "basicAuthCredentials",
                          "multipartPatterns", "scheme", "host", "port", "clientIp", "customMatcher"}) {
    const auto loaded = load(R"({"request": {")" + std::string(key) + R"(": {}}, "response": {}})");
    ASSERT_EQ(loaded.problems.size(), 1u) << key;
    EXPECT_EQ(loaded.problems[0].code, problems::mapping_unsupported);
    EXPECT_NE(loaded.problems[0].detail.find(std::string("'") + key + "'"), std::string::npos);
  }
  for (const char* key : {"base64Body", "proxyBaseUrl", "chunkedDribbleDelay", "transformerParameters", "fromConfiguredStub"}) {
    const auto loaded = load(R"({"request": {}, "response": {")" + std::string(key) + R"(": {}}})");
    ASSERT_EQ(loaded.problems.size(), 1u) << key;
    EXPECT_EQ(loaded.problems[0].code, problems::mapping_unsupported);
  }
}

TEST(WireMock, HeadersCannotBreakOut) {
  for (const char* headers : {R"({"X": "a\r\nY: b"})", R"({"X Y": "a"})", R"({"": "a"})", R"({"X": 1})", R"([])", R"({"X": ["a\nb"]})"}) {
    const auto loaded = load(R"({"request": {"method": "POST"}, "response": {"headers": )" + std::string(headers) + "}}");
    EXPECT_EQ(loaded.problems.size(), 1u) << headers;
  }
}

}  // namespace
}  // namespace shep::mocks::testing
