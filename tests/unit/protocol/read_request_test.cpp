#include "unit/protocol/reading.hpp"

/// shep-protocol.md sections 1.2 to 1.6.
namespace shep::protocol {
namespace {

using namespace test;

class BothModes : public testing::TestWithParam<reading_mode> {};
INSTANTIATE_TEST_SUITE_P(Modes, BothModes, testing::Values(reading_mode::strict, reading_mode::lenient),
                         [](const auto& row) { return row.param == reading_mode::strict ? "strict" : "lenient"; });

TEST_P(BothModes, EveryFieldIsRead) {
  request_parts parts;
  parts.correlation_id = "<correlationId>c-1</correlationId>";
  parts.route_id = "<routeId>R_1</routeId>";
  parts.properties = "<properties><key>a</key><value>1</value></properties><properties><key>b</key><value></value></properties>";
  parts.session_id = "<sessionId>{00000000-0000-4000-8000-00000000000A}</sessionId>";
  auto r = read_parts(parts, GetParam());
  ASSERT_TRUE(r) << r.told();
  EXPECT_EQ(r->message_id, "00000000-0000-4000-8000-000000000001");
  EXPECT_EQ(r->correlation_id, "c-1");
  EXPECT_EQ(r->service_id, "DEMO_SERVICE");
  EXPECT_EQ(r->message_date, "2030-01-02T03:04:05.678+05:00");
  ASSERT_TRUE(r->message_instant);
  EXPECT_EQ(r->message_instant->offset, std::chrono::minutes(300));
  EXPECT_EQ(format_utc(r->message_instant->utc), "2030-01-01T22:04:05.678Z");
  EXPECT_EQ(r->route_id, "R_1");
  EXPECT_EQ(r->sender_id, "demo-sender");
  EXPECT_EQ(r->password, "demo");
  ASSERT_EQ(r->properties.size(), 2u);
  EXPECT_EQ(r->properties[0].key + r->properties[0].value + r->properties[1].key, "a1b");
  EXPECT_EQ(r->session_id, "{00000000-0000-4000-8000-00000000000A}");
  EXPECT_TRUE(r->deviations.empty());
}

TEST_P(BothModes, OptionalFieldsMayBeAbsent) {
  request_parts parts;
  parts.sender = "<sender><senderId>s</senderId></sender>";
  auto r = read_parts(parts, GetParam());
  ASSERT_TRUE(r) << r.told();
  EXPECT_EQ(r->correlation_id + r->route_id + r->session_id + r->password, "");
  EXPECT_TRUE(r->properties.empty());
}

TEST_P(BothModes, IndentationBetweenElementsIsNoDeparture) {
  std::string body = "\n  " + request_parts{}.wrapper() + "\n";
  for (std::size_t at = 0; (at = body.find("><", at)) != std::string::npos; at += 4)
    if (body[at + 2] != '/') body.insert(at + 1, "\r\n\t ");
  auto r = read_body(body, GetParam());
  ASSERT_TRUE(r) << r.told();
  EXPECT_EQ(r->service_id, "DEMO_SERVICE");
  EXPECT_TRUE(r->deviations.empty());
}

/// Section 1.7: dates as clients write them, all of them legal xs:dateTime.
TEST_P(BothModes, DatesOfEveryLegalForm) {
  for (const std::string date : {"2030-01-02T03:04:05", "2030-01-02T03:04:05Z", "2030-01-02T03:04:05+06:00", "2030-01-02T03:04:05+05:00",
                                 "2030-01-02T03:04:05.1", "2030-01-02T03:04:05.123456789Z", "2030-01-02T24:00:00"}) {
    request_parts parts;
    parts.message_date = "<messageDate>" + date + "</messageDate>";
    auto r = read_parts(parts, GetParam());
    ASSERT_TRUE(r) << r.told();
    EXPECT_EQ(r->message_date, date);
    EXPECT_TRUE(r->message_instant) << date;
    EXPECT_TRUE(r->deviations.empty()) << date;
  }
}

/// XML Schema part 2: white space around an xs:dateTime means nothing.
TEST(ReadRequest, StrictModeTakesADateWithWhiteSpaceAround) {
  request_parts parts;
  parts.message_date = "<messageDate>\n 2030-01-02T03:04:05Z\t</messageDate>";
  auto r = read_parts(parts, reading_mode::strict);
  ASSERT_TRUE(r) << r.told();
  EXPECT_TRUE(r->message_instant);
}

TEST_P(BothModes, MessageIdNeedNotBeAUuidAndIdentifiersMayBeEmpty) {
  request_parts parts;
  parts.message_id = "<messageId>12-\xD0\x9F/7</messageId>";
  parts.correlation_id = "<correlationId/>";
  parts.route_id = "<routeId></routeId>";
  auto r = read_parts(parts, GetParam());
  ASSERT_TRUE(r) << r.told();
  EXPECT_EQ(r->message_id, "12-\xD0\x9F/7");
  EXPECT_TRUE(r->deviations.empty());
}

TEST_P(BothModes, WrapperMayTakeAnyPrefixOrNone) {
  const std::string request = request_parts{}.request();
  for (const std::string& body :
       {"<ns2:SendMessage xmlns:ns2=\"" + types_ns + "\">" + request + "</ns2:SendMessage>",
        "<SendMessage xmlns=\"" + types_ns + "\">" + replaced(request, "<request>", "<request xmlns=\"\">") + "</SendMessage>",
        "<SendMessage xmlns=\"" + types_ns + "\">" + replaced(request, "<request>", "<request xmlns=''>") + "</SendMessage>"}) {
    auto r = read_body(body, GetParam());
    ASSERT_TRUE(r) << r.told();
    EXPECT_TRUE(r->deviations.empty());
  }
}

TEST(ReadRequest, SectionOneSixVariantsOfTheWrapperPassInLenientModeOnly) {
  const auto wrapped = [](const std::string& name, const std::string& space) {
    return "<w:" + name + " xmlns:w=\"" + space + "\">" + request_parts{}.request() + "</w:" + name + ">";
  };
  expect_departure(wrapped("SendMessage", "http://bip.bee.kz/SyncChannel/v10/types"), deviations::wrapper_name, "w:SendMessage");
  expect_departure(wrapped("SendMessageRequest", types_ns), deviations::wrapper_name, "w:SendMessageRequest");
  expect_departure(wrapped("sendMessageRequest", "http://smartbridge.b10.kz"), deviations::wrapper_name, "w:sendMessageRequest");
}

TEST(ReadRequest, OtherWrappersAreRefusedWithWhatWasFoundAndExpected) {
  for (const std::string& body : {"<SendMessage>" + request_parts{}.request() + "</SendMessage>",
                                  "<w:SendMessage xmlns:w=\"urn:other\">" + request_parts{}.request() + "</w:SendMessage>",
                                  "<w:sendMessage xmlns:w=\"" + types_ns + "\">" + request_parts{}.request() + "</w:sendMessage>",
                                  "<w:SendMessageResponse xmlns:w=\"" + types_ns + "\"/>", request_parts{}.request()})
    expect_refused_in_both(body, problems::message_format, types_ns, "soap:Body");
}

TEST(ReadRequest, MissingElementsAreNamedWithTheirParent) {
  const std::string good = request_parts{}.wrapper();
  const auto without = [&](const std::string& element) {
    const std::size_t begin = good.find("<" + element + ">"), close = good.find("</" + element + ">", begin);
    return good.substr(0, begin) + good.substr(close + element.size() + 3);
  };
  for (const std::string element : {"requestInfo", "requestData", "messageId", "serviceId", "messageDate", "sender", "senderId"})
    expect_refused_in_both(without(element), problems::message_format, "'" + element + "' is missing");
  expect_refused_in_both("<t:SendMessage xmlns:t=\"" + types_ns + "\"/>", problems::message_format, "'request' is missing",
                         "t:SendMessage");
  expect_refused_in_both("", problems::message_format, "is empty", "soap:Body");
}

TEST(ReadRequest, EmptyRequestDataIsNoData) {
  request_parts parts;
  parts.data = "";
  auto r = read_parts(parts, reading_mode::strict);
  ASSERT_TRUE(r) << r.told();
  EXPECT_EQ(r->data.form, carrier::none);
  EXPECT_FALSE(r->data.payload());
}

/// What stands twice could be read differently by two readers.
TEST(ReadRequest, S20_WhatStandsTwiceIsRefused) {
  const std::string good = request_parts{}.wrapper();
  const auto twice = [&](const std::string& element) {
    const std::size_t begin = good.find("<" + element), close = good.find("</" + element + ">", begin) + element.size() + 3;
    return good.substr(0, close) + good.substr(begin, close - begin) + good.substr(close);
  };
  for (const std::string element :
       {"request>", "requestInfo", "requestData", "messageId", "serviceId", "messageDate", "sender>", "senderId", "password", "data "}) {
    std::string name = element;
    while (name.back() == '>' || name.back() == ' ') name.pop_back();
    const std::size_t begin = good.find("<" + element), close = good.find("</" + name + ">", begin) + name.size() + 3;
    const std::string body = good.substr(0, close) + good.substr(begin, close - begin) + good.substr(close);
    expect_refused_in_both(body, problems::message_format, "'" + name + "' stands twice", name + "[2]");
  }
  expect_refused_in_both(twice("t:SendMessage"), problems::message_format, "a second element inside soap:Body");
}

TEST(ReadRequest, S20_SecondServiceIdInADifferentNamespaceIsRefusedToo) {
  request_parts parts;
  parts.service_id = "<serviceId>DEMO_SERVICE</serviceId><q:serviceId xmlns:q=\"urn:q\">EVIL_SERVICE</q:serviceId>";
  for (const auto mode : {reading_mode::strict, reading_mode::lenient}) EXPECT_FALSE(read_parts(parts, mode));
  parts.service_id = "<q:serviceId xmlns:q=\"urn:q\">EVIL_SERVICE</q:serviceId><serviceId>DEMO_SERVICE</serviceId>";
  for (const auto mode : {reading_mode::strict, reading_mode::lenient}) EXPECT_FALSE(read_parts(parts, mode));
}

TEST(ReadRequest, X13_IdentifiersInterruptedByAnythingAreRefused) {
  const std::string good = request_parts{}.wrapper();
  for (const std::string element : {"serviceId", "messageId", "senderId", "messageDate"})
    for (const std::string in : {"<!-- c -->", "<?p i?>", "<![CDATA[x]]>", "<x/>"}) {
      std::string body = good;
      body.insert(body.find("<" + element + ">") + element.size() + 4, in);
      expect_refused_in_both(body, problems::message_format, "", element + "[1]");
    }
}

TEST(ReadRequest, X13_PasswordsAndPropertiesAreReadWhole) {
  request_parts parts;
  parts.sender = "<sender><senderId>s</senderId><password>se<!-- c -->cr<![CDATA[e]]>t</password></sender>";
  parts.properties = "<properties><key>k</key><value>ad<!-- c -->min<?p?>.evil</value></properties>";
  auto r = read_parts(parts, reading_mode::strict);
  ASSERT_TRUE(r) << r.told();
  EXPECT_EQ(r->password, "secret");
  EXPECT_EQ(r->properties.at(0).value, "admin.evil");
}

TEST(ReadRequest, R05_OddServiceIdsAreTakenAsTheyAreOrRefused) {
  for (const std::string id : {"", "../../etc/passwd", "a/b", "A\nB", "%00", "\xD0\xA1", "a b"}) {
    request_parts parts;
    parts.service_id = "<serviceId>" + id + "</serviceId>";
    auto r = read_parts(parts, reading_mode::lenient);
    ASSERT_TRUE(r) << r.told();
    EXPECT_EQ(r->service_id, id);
  }
  for (const std::size_t length : {std::size_t{257}, std::size_t{1} << 20}) {
    request_parts parts;
    parts.service_id = "<serviceId>" + std::string(length, 'x') + "</serviceId>";
    expect_refused_in_both(parts.wrapper(), problems::message_format, "longer than 256", "serviceId[1]");
  }
  request_parts parts;
  parts.service_id = "<serviceId>" + std::string(256, 'x') + "</serviceId>";
  EXPECT_TRUE(read_parts(parts, reading_mode::strict));
}

TEST(ReadRequest, X15_NilAndForeignAttributesAreNotFollowed) {
  std::string body =
      replaced(request_parts{}.wrapper(), "<request>",
               "<request xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:schemaLocation=\"urn:x http://127.0.0.1:1/x.xsd\">");
  EXPECT_TRUE(read_body(body, reading_mode::strict));
  body = "<t:SendMessage xmlns:t=\"" + types_ns +
         "\"><request xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:nil=\"true\"/></t:SendMessage>";
  expect_refused_in_both(body, problems::message_format, "'requestInfo' is missing");
}

/// What a signature covers is what is read: the evil copy that a header block may hold is never reached.
TEST(ReadRequest, S09_OnlyTheBelievedBodyIsRead) {
  message_parts parts;
  parts.header =
      "<h:x xmlns:h=\"urn:h\"><soap:Body>" + replaced(request_parts{}.wrapper(), "DEMO_SERVICE", "EVIL_SERVICE") + "</soap:Body></h:x>";
  const auto d = admitted(parts.text());
  const auto taken = eds::accept_without_signature(d);
  ASSERT_TRUE(taken);
  auto r = read_request(*taken, reading_mode::strict);
  ASSERT_TRUE(r);
  EXPECT_EQ(r->service_id, "DEMO_SERVICE");
}

}  // namespace
}  // namespace shep::protocol
