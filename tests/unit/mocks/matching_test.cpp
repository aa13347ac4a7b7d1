#include "support.hpp"

namespace shep::mocks::testing {
namespace {

/// Does a mapping with these members in "request" answer?
bool matches(const std::string& request_members, const request& r, const world& w = {}) {
  const auto store = store_of("{\"name\": \"m\", \"request\": {" + request_members + "}, \"response\": {}}");
  return chosen(*store, r, w) == "m";
}

bool path_matches(const std::string& pattern, const request& r) { return matches("\"bodyPatterns\": [" + pattern + "]", r); }

TEST(Matching, EveryPartOfARequestCanDecide) {
  request r;
  r.view.inner_signature_indication = "TOTAL_FAILED";
  for (const char* yes : {R"("channel": "sync")", R"("serviceId": "S")", R"("serviceId": {"equalTo": "s", "caseInsensitive": true})",
                          R"("senderId": {"matches": "PORTAL_.*"})", R"("routeId": {"contains": "1"})",
                          R"("signature": {"indication": "TOTAL_PASSED"})", R"("signature": {"innerIndication": {"matches": "TOTAL_.*"}})",
                          R"("routeId": {"doesNotMatch": "R2"}, "senderId": {"doesNotContain": "BANK"})"})
    EXPECT_TRUE(matches("\"shep\": {" + std::string(yes) + "}", r)) << yes;
  for (const char* no :
       {R"("channel": "async")", R"("serviceId": "s")", R"("senderId": {"matches": "PORTAL"})", R"("routeId": {"absent": true})",
        R"("signature": {"indication": "INDETERMINATE"})", R"("signature": {"innerIndication": {"absent": true}})"})
    EXPECT_FALSE(matches("\"shep\": {" + std::string(no) + "}", r)) << no;
}

TEST(Matching, AnEmptyPartIsAbsent) {
  request r;
  r.view.route_id = {};
  EXPECT_TRUE(matches(R"("shep": {"routeId": {"absent": true}})", r));
  EXPECT_TRUE(matches(R"("shep": {"routeId": {"doesNotMatch": "R.*"}})", r));
  EXPECT_FALSE(matches(R"("shep": {"routeId": {"matches": "(?s).*"}})", r));
}

TEST(Matching, AMappingWithoutCriteriaMatchesEverything) { EXPECT_TRUE(matches("", request())); }

TEST(Matching, AnyPrefixAndNamespacePlacementMatches) {
  for (const char* document :
       {"<r:request xmlns:r='urn:demo'><iin>1</iin></r:request>", "<request xmlns='urn:demo'><iin xmlns=''>1</iin></request>",
        "<request xmlns='urn:demo'><iin>1</iin></request>", "<x:request xmlns:x='urn:demo'><x:iin>1</x:iin></x:request>",
        "<request><iin>1</iin></request>"}) {
    const request r(document);
    EXPECT_TRUE(path_matches(R"~({"matchesXPath": {"expression": "/request/iin/text()", "equalTo": "1"}})~", r)) << document;
    EXPECT_TRUE(path_matches(R"({"matchesXPath": "//iin[. = '1']"})", r)) << document;
  }
}

TEST(Matching, APrefixBoundByTheMappingMatchesThatNamespaceOnly) {
  const char* pattern = R"({"matchesXPath": "/q:request", "xPathNamespaces": {"q": "urn:demo"}})";
  EXPECT_TRUE(path_matches(pattern, request("<z:request xmlns:z='urn:demo'/>")));
  EXPECT_TRUE(path_matches(pattern, request("<request xmlns='urn:demo'/>")));
  EXPECT_FALSE(path_matches(pattern, request("<q:request xmlns:q='urn:other'/>")));
  EXPECT_FALSE(path_matches(pattern, request("<request/>")));
}

TEST(Matching, XPathLooksAtTheBusinessDataUnlessTheEnvelopeIsNamed) {
  const request with;
  const request without("");
  EXPECT_TRUE(path_matches(R"({"matchesXPath": "/request/iin"})", with));
  EXPECT_FALSE(path_matches(R"({"matchesXPath": "//messageId"})", with));
  EXPECT_FALSE(path_matches(R"({"matchesXPath": "//messageId"})", without));
  EXPECT_TRUE(path_matches(R"({"matchesXPath": "//messageId", "in": "envelope"})", without));
  EXPECT_TRUE(path_matches(R"({"matchesXPath": "/Envelope/Body//messageId", "in": "envelope"})", with));
  EXPECT_FALSE(path_matches(R"({"matchesXPath": "//messageId", "in": "businessData"})", without));
}

TEST(Matching, TheFieldsCarrierIsItsOwnRoot) {
  request r("<data><iin>7</iin></data>");
  EXPECT_TRUE(path_matches(R"({"matchesXPath": {"expression": "//iin", "equalTo": "7"}})", r));
  EXPECT_TRUE(path_matches(R"({"matchesXPath": {"expression": "/data/iin", "equalTo": "7"}})", r));
}

TEST(Matching, XPathValuesMeetEveryOperator) {
  const request r("<a><n>10</n><n>20</n><empty/><t> x </t></a>");
  for (const char* yes : {R"("expression": "//n", "equalTo": "20")", R"~("expression": "//n/text()", "matches": "[12]0")~",
                          R"~("expression": "count(//n)", "equalTo": "2")~", R"("expression": "//n[2]", "contains": "2")",
                          R"("expression": "//none", "absent": true)", R"("expression": "//none", "doesNotMatch": ".*")",
                          R"("expression": "sum(//n) > 20", "equalTo": "true")", R"("expression": "//n", "doesNotContain": "3")",
                          R"("expression": "//t", "equalTo": " x ")", R"("expression": "//empty", "equalTo": "")"})
    EXPECT_TRUE(path_matches("{\"matchesXPath\": {" + std::string(yes) + "}}", r)) << yes;
  for (const char* no : {R"("expression": "//n", "equalTo": "30")", R"("expression": "//none", "equalTo": "")",
                         R"("expression": "//n", "doesNotMatch": "20")", R"("expression": "//n", "absent": true)",
                         R"("expression": "//none", "matches": "(?s).*")", R"~("expression": "//empty/text()", "equalTo": "x")~"})
    EXPECT_FALSE(path_matches("{\"matchesXPath\": {" + std::string(no) + "}}", r)) << no;
}

TEST(Matching, X13_ACommentOrCdataInsideAValueDoesNotShortenIt) {
  for (const char* value : {"admin<!-- -->.evil", "admin<![CDATA[.evil]]>", "admin<?pi x?>.evil"}) {
    const request r("<a><iin>" + std::string(value) + "</iin></a>");
    for (const char* path : {"//iin/text()", "//iin", "//none/text() | //iin/text()", "/a/iin/text()"}) {
      const std::string expression = "{\"matchesXPath\": {\"expression\": \"" + std::string(path) + "\", \"equalTo\": ";
      EXPECT_FALSE(path_matches(expression + "\"admin\"}}", r)) << value << path;
      EXPECT_TRUE(path_matches(expression + "\"admin.evil\"}}", r)) << value << path;
    }
  }
}

TEST(Matching, TextOperatorsLookAtTheMessageAsReceived) {
  const request r;
  EXPECT_TRUE(path_matches(R"({"contains": "<messageId>m-1<"})", r));
  EXPECT_TRUE(path_matches(R"({"matches": "(?s).*iin.*"})", r));
  EXPECT_FALSE(path_matches(R"({"doesNotContain": "900101000017"})", r));
}

TEST(Matching, TheLowestPriorityWinsAndAmongEqualsTheLastLoaded) {
  const request r;
  const world w;
  const auto plain = [](const char* name, int priority) {
    return "{\"name\": \"" + std::string(name) + "\", \"priority\": " + std::to_string(priority) + R"(, "request": {}, "response": {}})";
  };
  const auto store = store_of("{\"mappings\": [" + plain("a", 5) + "," + plain("b", 2) + "," + plain("c", 2) + "," + plain("d", 9) + "]}");
  EXPECT_EQ(chosen(*store, r, w), "c");
  const auto mixed = store_of("{\"mappings\": [" + mapping_json("indexed", R"("serviceId": "S")") + "," + plain("general", 4) + "]}");
  EXPECT_EQ(chosen(*mixed, r, w), "general");
  const auto tie = store_of("{\"mappings\": [" + plain("general", 5) + "," + mapping_json("indexed", R"("serviceId": "S")") + "]}");
  EXPECT_EQ(chosen(*tie, r, w), "indexed");
}

TEST(Matching, PeopleAndCompaniesOfThePopulationDecide) {
  const char* store_text = R"~({"mappings": [
    {"name": "found", "request": {"shep": {"person": {"iin": "//iin"}}}, "response": {}},
    {"name": "unknown", "request": {"shep": {"person": {"iin": "//iin/text()", "known": false}}}, "response": {}},
    {"name": "company", "priority": 1, "request": {"shep": {"organization": {"bin": "//bin"}}}, "response": {}}]})~";
  const auto store = store_of(store_text);
  const world w;
  EXPECT_EQ(chosen(*store, request("<a><iin> 900101000017\n</iin></a>"), w), "found");
  EXPECT_EQ(chosen(*store, request("<a><iin>900101000025</iin></a>"), w), "unknown");
  EXPECT_EQ(chosen(*store, request("<a/>"), w), "unknown");
  EXPECT_EQ(chosen(*store, request("<a><bin>990190000019</bin></a>"), w), "company");
}

TEST(Matching, ThePopulationIsAskedOnceForAPersonHoweverManyMappingsAsk) {
  std::string text = "{\"mappings\": [";
  for (int i = 0; i < 20; ++i)
    text += R"({"request": {"shep": {"person": {"iin": "//iin"}, "routeId": "none"}}, "response": {}},)"
            R"({"request": {"shep": {"person": {"iin": "//iin", "known": false}}}, "response": {}},)";
  text.back() = ']';
  const auto store = store_of(text + "}");
  const world w;
  EXPECT_EQ(chosen(*store, request(), w), "nothing");
  EXPECT_EQ(w.country.asked, 1);
}

}  // namespace
}  // namespace shep::mocks::testing
