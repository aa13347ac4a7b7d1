#include "mocks/engine/date_reader.hpp"
#include "mocks/engine/string_matcher.hpp"
#include "support.hpp"

namespace shep::mocks::testing {
namespace {

bool pattern_matches(const std::string& pattern, const request& r, const world& w = {}) {
  const auto store = store_of("{\"name\": \"m\", \"request\": {\"bodyPatterns\": [" + pattern + "]}, \"response\": {}}");
  return chosen(*store, r, w) == "m";
}

bool value_matches(const std::string& operators, const std::string& value) {
  return pattern_matches(R"({"matchesXPath": {"expression": "//v", )" + operators + "}}", request("<a><v>" + value + "</v></a>"));
}

std::string quoted(const std::string& xml) {
  std::string text;
  for (const char c : xml) text += c == '"' ? std::string("\\\"") : std::string(1, c);
  return '"' + text + '"';
}

bool equal_xml(const std::string& expected, const std::string& actual, const std::string& options = "") {
  return pattern_matches(R"({"equalToXml": )" + quoted(expected) + options + "}", request(actual));
}

TEST(Operators, DatesAreComparedWithNowAndItsOffsets) {
  // It is 2030-01-02, 12:00 at +05:00.
  for (const char* yes :
       {R"("before": "now +3 days"|2030-01-05T11:59:59+05:00)", R"("after": "now +3 days"|2030-01-05T12:00:01+05:00)",
        R"("after": "now -1 months"|2029-12-02T12:00:01+05:00)", R"("before": "now"|2030-01-02T06:59:59Z)",
        R"("equalToDateTime": "now"|2030-01-02T07:00:00Z)", R"("equalToDateTime": "2030-01-02T12:00:00+05:00"|2030-01-02T12:00:00)",
        R"("before": "2030-01-02"|2030-01-01)", R"("equalToDateTime": "2030-01-02"|2030-01-02)",
        R"("after": "now -1 years", "actualFormat": "dd.MM.yyyy"|02.01.2030)",
        R"("equalToDateTime": "2030-01-02", "actualFormat": "dd.MM.yyyy"|02.01.2030)",
        R"("equalToDateTime": "now", "actualFormat": "unix"|1893567600)",
        R"("equalToDateTime": "now", "actualFormat": "epoch"|1893567600000)",
        R"("equalToDateTime": "now", "truncateExpected": "first hour of day"|2030-01-02)",
        R"("equalToDateTime": "now", "truncateExpected": "last day of month"|2030-01-31)",
        R"("equalToDateTime": "now", "truncateExpected": "first day of month", "truncateActual": "first day of month"|2030-01-17)",
        R"("equalToDateTime": "2030-01-02", "expectedOffset": -2, "expectedOffsetUnit": "days"|2029-12-31)",
        R"("and": [{"after": "2029-01-01"}, {"before": "now"}]|2029-06-01)"}) {
    const std::string row = yes;
    const auto bar = row.find('|');
    EXPECT_TRUE(value_matches(row.substr(0, bar), row.substr(bar + 1))) << row;
  }
  for (const char* no :
       {R"("before": "now +3 days"|2030-01-05T12:00:00+05:00)", R"("after": "now"|2030-01-02T07:00:00Z)",
        R"("after": "2030-01-01"|yesterday)", R"("before": "2030-01-01"|)", R"("equalToDateTime": "now"|2030-01-02T07:00:01Z)",
        R"("after": "2000-01-01", "actualFormat": "dd.MM.yyyy"|31.02.2030)",
        R"("after": "2000-01-01", "actualFormat": "dd.MM.yyyy"|2030-01-02)",
        R"("after": "2000-01-01", "actualFormat": "dd.MM.yyyy"|02.01.2030 x)"}) {
    const std::string row = no;
    const auto bar = row.find('|');
    EXPECT_FALSE(value_matches(row.substr(0, bar), row.substr(bar + 1))) << row;
  }
  EXPECT_FALSE(pattern_matches(R"({"matchesXPath": {"expression": "//none", "before": "now"}})", request("<a/>")));
}

TEST(Operators, AndOrNotJoinOperatorsOnOneValue) {
  EXPECT_TRUE(value_matches(R"("and": [{"contains": "a"}, {"matches": "a.c"}])", "abc"));
  EXPECT_FALSE(value_matches(R"("and": [{"contains": "a"}, {"matches": "a.d"}])", "abc"));
  EXPECT_TRUE(value_matches(R"("or": [{"equalTo": "x"}, {"equalTo": "abc"}])", "abc"));
  EXPECT_FALSE(value_matches(R"("or": [{"equalTo": "x"}, {"equalTo": "y"}])", "abc"));
  EXPECT_TRUE(value_matches(R"("not": {"equalTo": "x"})", "abc"));
  EXPECT_FALSE(value_matches(R"("not": {"or": [{"equalTo": "x"}, {"not": {"contains": "z"}}]})", "abc"));
  const auto store = store_of(mapping_json("m", R"("serviceId": "S", "senderId": {"or": [{"equalTo": "PORTAL_1"}, {"equalTo": "B"}]})"));
  request r;
  EXPECT_EQ(chosen(*store, r, world()), "m");
  r.view.sender_id = "C";
  EXPECT_EQ(chosen(*store, r, world()), "nothing");
}

TEST(Operators, AndOrNotJoinPatternsOfABody) {
  const request r("<a><v>1</v><w>2</w></a>");
  EXPECT_TRUE(pattern_matches(R"({"and": [{"matchesXPath": "//v"}, {"contains": "<w>2"}]})", r));
  EXPECT_FALSE(pattern_matches(R"({"and": [{"matchesXPath": "//v"}, {"matchesXPath": "//x"}]})", r));
  EXPECT_TRUE(pattern_matches(R"({"or": [{"matchesXPath": "//x"}, {"equalToXml": "<a><w>2</w><v>1</v></a>"}]})", r));
  EXPECT_TRUE(pattern_matches(R"({"not": {"matchesXPath": "//x"}})", r));
  EXPECT_FALSE(pattern_matches(R"({"not": {"matchesXPath": {"expression": "//v", "equalTo": "1"}}})", r));
}

TEST(EqualToXml, DoesNotCountHowADocumentIsWritten) {
  const char* expected = "<q:a xmlns:q='urn:x' one='1' two='2'><q:b>text</q:b><q:c/></q:a>";
  for (const char* same : {"<q:a xmlns:q='urn:x' one='1' two='2'><q:b>text</q:b><q:c/></q:a>",
                           "<a xmlns='urn:x' two='2' one='1'><!-- note --><c></c> <b> <![CDATA[text]]> </b></a>",
                           "<z:a xmlns:z='urn:x' one='1' two='2'>\n <z:b>te<!---->xt</z:b><z:c/></z:a>",
                           "<a xmlns='urn:x' xmlns:i='http://www.w3.org/2001/XMLSchema-instance' i:schemaLocation='u l' one='1' two='2'>"
                           "<b>text</b><c/></a>"})
    EXPECT_TRUE(equal_xml(expected, same)) << same;
  for (const char* other :
       {"<q:a xmlns:q='urn:y' one='1' two='2'><q:b>text</q:b><q:c/></q:a>",
        "<q:a xmlns:q='urn:x' one='1' two='3'><q:b>text</q:b><q:c/></q:a>", "<q:a xmlns:q='urn:x' one='1'><q:b>text</q:b><q:c/></q:a>",
        "<q:a xmlns:q='urn:x' one='1' two='2' three='3'><q:b>text</q:b><q:c/></q:a>",
        "<q:a xmlns:q='urn:x' one='1' two='2'><q:b>other</q:b><q:c/></q:a>", "<q:a xmlns:q='urn:x' one='1' two='2'><q:b>text</q:b></q:a>",
        "<q:a xmlns:q='urn:x' one='1' two='2'><q:b>text</q:b><q:c/><q:c/></q:a>",
        "<q:a xmlns:q='urn:x' one='1' two='2'><q:b>text</q:b><c/></q:a>"})
    EXPECT_FALSE(equal_xml(expected, other)) << other;
}

TEST(EqualToXml, OptionsLeaveOutNamespacesTextsAttributesAndOrder) {
  EXPECT_FALSE(equal_xml("<a><b/></a>", "<a xmlns='urn:x'><b/></a>"));
  EXPECT_TRUE(equal_xml("<a><b/></a>", "<a xmlns='urn:x'><b/></a>", R"(, "namespaceAwareness": "NONE")"));
  EXPECT_TRUE(equal_xml("<a><b/></a>", "<a xmlns='urn:x'><b/></a>", R"(, "exemptedComparisons": ["NAMESPACE_URI"])"));
  EXPECT_TRUE(equal_xml("<a x='1'>t</a>", "<a x='2'>u</a>", R"(, "exemptedComparisons": ["TEXT_VALUE", "ATTR_VALUE"])"));
  EXPECT_FALSE(equal_xml("<a x='1'>t</a>", "<a>u</a>", R"(, "exemptedComparisons": ["TEXT_VALUE", "ATTR_VALUE"])"));
  EXPECT_FALSE(equal_xml("<a><n>1</n><n>2</n></a>", "<a><n>2</n><n>1</n></a>"));
  EXPECT_TRUE(equal_xml("<a><n>1</n><n>2</n></a>", "<a><n>2</n><n>1</n></a>", R"(, "ignoreOrderOfSameNode": true)"));
  EXPECT_FALSE(equal_xml("<a><n>1</n><n>1</n></a>", "<a><n>2</n><n>1</n></a>", R"(, "ignoreOrderOfSameNode": true)"));
}

TEST(EqualToXml, PlaceholdersStandForTexts) {
  const std::string on = R"(, "enablePlaceholders": true)";
  EXPECT_TRUE(equal_xml("<a><id>${xmlunit.ignore}</id></a>", "<a><id><any/>thing</id></a>", on));
  EXPECT_FALSE(equal_xml("<a><id>${xmlunit.ignore}</id></a>", "<a/>", on));
  EXPECT_TRUE(equal_xml("<a n='${xmlunit.isNumber}'> ${xmlunit.isNumber} </a>", "<a n='-1.5'>12</a>", on));
  EXPECT_FALSE(equal_xml("<a>${xmlunit.isNumber}</a>", "<a>12x</a>", on));
  EXPECT_FALSE(equal_xml("<a>${xmlunit.isNumber}</a>", "<a/>", on));
  EXPECT_TRUE(equal_xml("<a>${xmlunit.isDateTime}</a>", "<a>2030-01-02T03:04:05Z</a>", on));
  EXPECT_FALSE(equal_xml("<a>${xmlunit.isDateTime}</a>", "<a>today</a>", on));
  EXPECT_TRUE(equal_xml("<a>${xmlunit.matchesRegex([0-9]{12})}</a>", "<a>900101000017</a>", on));
  EXPECT_FALSE(equal_xml("<a>${xmlunit.matchesRegex([0-9]{12})}</a>", "<a>90010100001</a>", on));
  EXPECT_TRUE(equal_xml("<a>${xmlunit.ignore}</a>", "<a>${xmlunit.ignore}</a>"));
  EXPECT_FALSE(equal_xml("<a>${xmlunit.ignore}</a>", "<a>x</a>"));
}

TEST(EqualToXml, ComparesTheBusinessDataOrTheEnvelopeOrWhatAnXPathFinds) {
  const request r("<a><b>1</b></a>");
  EXPECT_TRUE(pattern_matches(R"({"matchesXPath": {"expression": "/a/b", "equalToXml": "<b>1</b>"}})", r));
  EXPECT_FALSE(pattern_matches(R"({"matchesXPath": {"expression": "/a/b", "equalToXml": "<b>2</b>"}})", r));
  EXPECT_FALSE(pattern_matches(R"({"equalToXml": "<b>1</b>"})", r));
  EXPECT_FALSE(pattern_matches(R"({"equalToXml": "<a><b>1</b></a>"})", request("")));
  EXPECT_TRUE(pattern_matches(
      R"({"equalToXml": "<Envelope><Header/><Body><SendMessage><request><requestInfo><messageId>m-1</messageId></requestInfo><requestData>)"
      R"(<data><a><b>1</b></a></data></requestData></request></SendMessage></Body></Envelope>", "namespaceAwareness": "NONE"})",
      r));
}

TEST(EqualToXml, A09HostileDocumentsCostBoundedWork) {
  std::string expected = "<a>", actual = "<a>";
  for (int i = 0; i < 3000; ++i) {
    expected += "<n><m>" + std::to_string(i) + "</m></n>";
    actual += "<n><m>" + std::to_string(3000 - i) + "</m></n>";
  }
  EXPECT_FALSE(equal_xml(expected + "</a>", actual + "</a>", R"(, "ignoreOrderOfSameNode": true)"));
}

TEST(Operators, MistakesAreNamed) {
  struct row {
    const char *pattern, *words;
  };
  for (const auto& [pattern, words] : {
           row{R"({"equalToXml": "<a>"})", "equalToXml cannot be used"},
           row{R"({"equalToXml": "<a>${xmlunit.isNumer}</a>", "enablePlaceholders": true})", "there is no placeholder"},
           row{R"({"equalToXml": "<a>x ${xmlunit.ignore}</a>", "enablePlaceholders": true})", "among other text"},
           row{R"({"equalToXml": "<a>${xmlunit.matchesRegex(()}</a>", "enablePlaceholders": true})", "not a regular expression"},
           row{R"({"equalToXml": "<a/>", "namespaceAwareness": "SOME"})", "'SOME' is not one of the words"},
           row{R"({"contains": "<a/>", "enablePlaceholders": true})", "'enablePlaceholders' goes with equalToXml only"},
           row{R"({"equalTo": "a", "and": [{"contains": "b"}]})", "'and' stands beside 'equalTo'"},
           row{R"({"and": []})", "nothing to join"},
           row{R"({"or": [{"contains": "a"}, {}]})", "no operator"},
           row{R"({"not": {"contans": "a"}})", "'contans' is not a key"},
           row{R"({"before": "soon"})", "'soon' is not an xs:date"},
           row{R"({"before": "now +3 moons"})", "not a unit of time"},
           row{R"({"before": "now", "actualFormat": "dd MMM QQ"})", "not a format of times"},
           row{R"({"before": "now", "truncateExpected": "first day of week"})", "not one of the words"},
           row{R"({"before": "now", "expectedOffset": 1})", "go together"},
           row{R"({"equalToJson": "{}"})", "'equalToJson' is not supported"},
       }) {
    const auto loaded = load(R"({"request": {"bodyPatterns": [)" + std::string(pattern) + R"(]}, "response": {}})");
    ASSERT_EQ(loaded.problems.size(), 1u) << pattern;
    EXPECT_TRUE(loaded.mappings.empty());
    const std::string told = describe(loaded.problems[0]);
    EXPECT_NE(told.find(words), std::string::npos) << told;
    EXPECT_NE(told.find("/request/bodyPatterns/0"), std::string::npos) << told;
  }
}

TEST(DateReader, ReadsWhatItsPatternSays) {
  const std::chrono::minutes zone(300);
  EXPECT_EQ(read_time("02.01.2030 12:00", "dd.MM.yyyy HH:mm", zone).value(), noon);
  EXPECT_EQ(read_time("20300102T070000Z", "yyyyMMdd'T'HHmmssX", zone).value(), noon);
  EXPECT_EQ(read_time("2030-01-02T12:00:00.000+0500", "yyyy-MM-dd'T'HH:mm:ss.SSSZ", std::chrono::minutes(0)).value(), noon);
  EXPECT_EQ(read_time("2030-1-2 12", "yyyy-M-d H", zone).value(), noon);
  EXPECT_FALSE(read_time("2030-13-01", "yyyy-MM-dd", zone));
  EXPECT_FALSE(read_time("2030-01-02", "yyyy-MM-dd HH", zone));
  EXPECT_FALSE(read_time("99999999999999999999", "epoch", zone));
}

}  // namespace
}  // namespace shep::mocks::testing
