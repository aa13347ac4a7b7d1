#include "unit/protocol/reading.hpp"

#include <set>

/// shep-protocol.md section 1.7: each departure under its stable code, in both modes.
namespace shep::protocol {
namespace {

using namespace test;

request_parts with_session(const std::string& element) {
  request_parts parts;
  parts.session_id = element;
  return parts;
}

TEST(Deviations, D01_EmptySessionId) {
  EXPECT_EQ(expect_departure(with_session("<sessionId/>").wrapper(), deviations::empty_session_id, "sessionId")->session_id, "");
  expect_departure(with_session("<sessionId></sessionId>").wrapper(), deviations::empty_session_id, "sessionId");
}

TEST(Deviations, D02_SessionIdWithoutBraces) {
  const std::string id = "00000000-0000-4000-8000-00000000000a";
  EXPECT_EQ(expect_departure(with_session("<sessionId>" + id + "</sessionId>").wrapper(), deviations::unbraced_session_id, "sessionId")
                ->session_id,
            id);
}

TEST(Deviations, D03_EmptyProperties) {
  request_parts parts;
  parts.properties = "<properties/>";
  EXPECT_TRUE(expect_departure(parts.wrapper(), deviations::empty_properties, "properties")->properties.empty());
  parts.properties = "<properties> </properties>";
  expect_departure(parts.wrapper(), deviations::empty_properties, "properties");
}

TEST(Deviations, D04_OrderOfElements) {
  request_parts parts;  // the KDP sample: sessionId before messageDate
  parts.service_id += "<sessionId>{00000000-0000-4000-8000-00000000000a}</sessionId>";
  auto r = read_parts(parts, reading_mode::lenient);
  ASSERT_TRUE(r) << r.told();
  EXPECT_EQ(r->session_id, "{00000000-0000-4000-8000-00000000000a}");
  std::set<std::string_view> codes;
  for (const deviation& d : r->deviations) codes.insert(d.code);
  EXPECT_EQ(codes, std::set<std::string_view>{deviations::order.code});
  const auto strict = read_parts(parts, reading_mode::strict);
  ASSERT_FALSE(strict);
  EXPECT_NE(strict.request.error().hint.find("SHEP-D04"), std::string::npos) << strict.told();
  expect_departure(replaced(replaced(request_parts{}.wrapper(), "<senderId>demo-sender</senderId>", ""), "</sender>",
                            "<senderId>demo-sender</senderId></sender>"),
                   deviations::order, "senderId");
}

TEST(Deviations, D05_QualifiedElements) {
  request_parts parts;
  parts.service_id = "<q:serviceId xmlns:q=\"urn:q\">DEMO_SERVICE</q:serviceId>";
  EXPECT_EQ(expect_departure(parts.wrapper(), deviations::qualified, "q:serviceId")->service_id, "DEMO_SERVICE");
}

/// Section 1.2: the namespace found is named, and so is the way out.
TEST(Deviations, D05_ForgottenEmptyNamespaceIsToldWithTheNamespaceFound) {
  const std::string body = "<SendMessage xmlns=\"" + types_ns + "\">" + request_parts{}.request() + "</SendMessage>";
  const auto strict = read_body(body, reading_mode::strict);
  ASSERT_FALSE(strict);
  EXPECT_NE(strict.request.error().detail.find("'request' is in namespace '" + types_ns + "'"), std::string::npos) << strict.told();
  EXPECT_NE(strict.request.error().detail.find("xmlns=\"\""), std::string::npos);
  auto lenient = read_body(body, reading_mode::lenient);
  ASSERT_TRUE(lenient) << lenient.told();
  EXPECT_EQ(lenient->service_id, "DEMO_SERVICE");
}

/// Section 1.5: `data` moved into another namespace, as two public sources show it.
TEST(Deviations, D05_DataInAnotherNamespace) {
  request_parts parts;
  parts.data = "<ns4:data xmlns:ns4=\"http://bip.bee.kz/SyncChannel/v10/Interfaces\"><a xmlns=\"\"/></ns4:data>";
  auto r = expect_departure(parts.wrapper(), deviations::qualified, "ns4:data");
  EXPECT_EQ(r->data.payload().local_name(), "a");
  parts.data = "<data xmlns=\"http://www.w3.org/2001/XMLSchema-instance\" type=\"xsd:string\">&lt;a/></data>";
  r = expect_departure(parts.wrapper(), deviations::qualified, "data");
  EXPECT_EQ(r->data.type, "xsd:string");
  EXPECT_EQ(r->data.payload().local_name(), "a");
}

TEST(Deviations, D06_WrapperOfTheOldSdk) {
  expect_departure("<w:SendMessage xmlns:w=\"http://bip.bee.kz/SyncChannel/v10/types\">" + request_parts{}.request() + "</w:SendMessage>",
                   deviations::wrapper_name, "w:SendMessage");
}

TEST(Deviations, D07_MessageDateThatIsNone) {
  for (const std::string date :
       {"", "02.01.2030 03:04:05", "2030-01-02", "2030-13-02T03:04:05", "2030-01-02T25:04:05", "2030-01-02T03:04:05+5:00", "now"}) {
    request_parts parts;
    parts.message_date = "<messageDate>" + date + "</messageDate>";
    auto r = expect_departure(parts.wrapper(), deviations::date_format, "messageDate");
    EXPECT_EQ(r->message_date, date);
    EXPECT_FALSE(r->message_instant);
  }
}

TEST(Deviations, D08_UnknownElements) {
  request_parts parts;
  parts.message_date += "<priority>1</priority>";
  expect_departure(parts.wrapper(), deviations::unknown_element, "priority");
  parts = {};
  parts.sender = "<sender><senderId>s</senderId><token>t</token></sender>";
  expect_departure(parts.wrapper(), deviations::unknown_element, "token");
}

TEST(Deviations, D09_LongProperties) {
  const auto with = [](std::size_t key, std::size_t value) {
    request_parts parts;
    std::string k, v;
    while (key--) k += "\xD0\x9F";
    while (value--) v += "\xD0\x9F";
    parts.properties = "<properties><key>" + k + "</key><value>" + v + "</value></properties>";
    return parts.wrapper();
  };
  expect_departure(with(31, 1), deviations::property_length, "properties");
  expect_departure(with(1, 501), deviations::property_length, "properties");
  EXPECT_TRUE(read_body(with(30, 500), reading_mode::strict)) << "characters, not octets";
  EXPECT_TRUE(read_body(with(0, 0), reading_mode::strict));
}

/// xs:string keeps its white space: strict mode takes the value as it is, and nothing of that name will be found.
TEST(Deviations, D10_WhiteSpaceAroundAnIdentifier) {
  request_parts parts;
  parts.service_id = "<serviceId>\n  DEMO_SERVICE </serviceId>";
  auto lenient = read_parts(parts, reading_mode::lenient);
  ASSERT_TRUE(lenient) << lenient.told();
  EXPECT_EQ(lenient->service_id, "DEMO_SERVICE");
  ASSERT_EQ(lenient->deviations.size(), 1u);
  EXPECT_EQ(lenient->deviations[0].code, deviations::padded_value.code);
  EXPECT_TRUE(lenient->deviations[0].where.ends_with("serviceId[1]"));
  auto strict = read_parts(parts, reading_mode::strict);
  ASSERT_TRUE(strict) << strict.told();
  EXPECT_EQ(strict->service_id, "\n  DEMO_SERVICE ");
}

TEST(Deviations, D11_SessionIdThatIsNoGuid) {
  for (const std::string id : {"abc", "{abc}", "{00000000-0000-4000-8000-00000000000a", "{00000000-0000-4000-8000-00000000000g}",
                               "{00000000000040008000000000000000a}", "(00000000-0000-4000-8000-00000000000a)"})
    EXPECT_EQ(expect_departure(with_session("<sessionId>" + id + "</sessionId>").wrapper(), deviations::malformed_session_id, "sessionId")
                  ->session_id,
              id);
}

TEST(Deviations, D12_InnerDeclarationWithAnEncodingThatATextCannotHave) {
  for (const std::string encoding : {"windows-1251", "UTF-16", "ISO-8859-1"}) {
    request_parts parts;
    parts.data = "<data>&lt;?xml version=\"1.0\" encoding=\"" + encoding + "\"?>&lt;a>\xD0\x9F&lt;/a></data>";
    auto lenient = read_parts(parts, reading_mode::lenient);
    ASSERT_TRUE(lenient) << lenient.told();
    ASSERT_EQ(lenient->deviations.size(), 1u);
    EXPECT_EQ(lenient->deviations[0].code, deviations::inner_declaration.code);
    EXPECT_EQ(xml::text_of(lenient->data.payload()), "\xD0\x9F");
    const auto strict = read_parts(parts, reading_mode::strict);
    ASSERT_FALSE(strict);
    EXPECT_NE(strict.request.error().detail.find(encoding), std::string::npos) << strict.told();
  }
}

TEST(Deviations, D13_TextBesideElementsInData) {
  request_parts parts;
  parts.data = "<data>text<a/></data>";
  EXPECT_EQ(expect_departure(parts.wrapper(), deviations::mixed_data, "data")->data.payload().local_name(), "a");
}

TEST(Deviations, EachIsNotedAndAllTogether) {
  request_parts parts;
  parts.properties = "<properties/>";
  parts.message_date = "<messageDate>yesterday</messageDate>";
  parts.session_id = "<sessionId/>";
  auto r = read_parts(parts, reading_mode::lenient);
  ASSERT_TRUE(r) << r.told();
  std::set<std::string_view> codes;
  for (const deviation& d : r->deviations) codes.insert(d.code);
  EXPECT_EQ(codes, (std::set<std::string_view>{"SHEP-D01", "SHEP-D03", "SHEP-D07"}));
}

TEST(Deviations, EndlessDeparturesAreRefused) {
  request_parts parts;
  for (int i = 0; i < 5000; ++i) parts.message_date += "<x/>";
  const auto r = read_parts(parts, reading_mode::lenient);
  ASSERT_FALSE(r);
  EXPECT_EQ(r.request.error().code, problems::message_format);
  EXPECT_NE(r.request.error().detail.find("64"), std::string::npos) << r.told();
}

TEST(Deviations, CodesAreStableAndComplete) {
  std::vector<std::string> codes;
  for (const deviation_kind& kind : all_deviations()) {
    codes.emplace_back(kind.code);
    EXPECT_FALSE(kind.meaning.empty());
  }
  std::vector<std::string> expected;
  for (int i = 1; i <= 13; ++i) expected.push_back(std::string("SHEP-D") + (i < 10 ? "0" : "") + std::to_string(i));
  std::sort(codes.begin(), codes.end());
  EXPECT_EQ(codes, expected);
}

}  // namespace
}  // namespace shep::protocol
