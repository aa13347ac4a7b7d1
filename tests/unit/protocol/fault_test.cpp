#include "protocol/fault.hpp"

#include "crypto/problems.hpp"
#include "eds/problems.hpp"
#include "eds/verify.hpp"
#include "unit/eds/checked.hpp"
#include "unit/protocol/reading.hpp"

#include <set>

/// shep-protocol.md sections 2.1 to 2.3.
namespace shep::protocol {
namespace {

using namespace test;

const time_point when = shep::test::test_now + std::chrono::milliseconds(678);
const std::string session = "{00000000-0000-4000-8000-00000000000a}";

TEST(FaultTable, DocumentedCodesAreExactlyThoseOfTheSpecification) {
  const std::map<fault_event, std::string> documented = {
      {fault_event::message_format, "SCE001"},  {fault_event::unknown_service, "SCE004"},   {fault_event::signature_not_current, "SCE005"},
      {fault_event::signature_wrong, "SCE006"}, {fault_event::signature_missing, "SCE007"}, {fault_event::business_not_current, "SCE015"},
      {fault_event::business_wrong, "SCE016"},  {fault_event::business_missing, "SCE017"},  {fault_event::internal_error, "SCE909"}};
  const fault_table table;
  for (const auto& [event, code] : documented) {
    EXPECT_EQ(table.at(event).code, code) << name_of(event);
    EXPECT_FALSE(table.at(event).ours) << name_of(event);
  }
}

TEST(FaultTable, InventedCodesAreMarkedAndDoNotLookDocumented) {
  const fault_table table;
  for (const auto event : {fault_event::unknown_sender, fault_event::wrong_password, fault_event::no_right, fault_event::no_match,
                           fault_event::recipient_timeout, fault_event::unavailable, fault_event::too_large,
                           fault_event::recipient_unavailable, fault_event::recipient_answer}) {
    EXPECT_TRUE(table.at(event).ours) << name_of(event);
    EXPECT_FALSE(table.at(event).code.starts_with("SCE")) << table.at(event).code;
  }
}

TEST(FaultTable, EveryEventHasANameACodeAndAMessageOfItsOwn) {
  const fault_table table;
  std::set<std::string_view> names;
  std::set<std::string> codes;
  for (int i = 0; i <= static_cast<int>(fault_event::too_large); ++i) {
    const auto event = static_cast<fault_event>(i);
    EXPECT_TRUE(names.insert(name_of(event)).second) << i;
    EXPECT_FALSE(name_of(event).empty());
    EXPECT_TRUE(codes.insert(table.at(event).code).second) << table.at(event).code;
    EXPECT_FALSE(table.at(event).message.empty());
  }
}

TEST(FaultTable, CodeAndMessageCanBeSet) {
  fault_table table;
  table.set(fault_event::unknown_sender, "SCE013", "Нет такого отправителя");
  EXPECT_EQ(table.at(fault_event::unknown_sender).code, "SCE013");
  EXPECT_EQ(table.at(fault_event::unknown_sender).message, "Нет такого отправителя");
  const std::string before = table.at(fault_event::no_right).message;
  table.set(fault_event::no_right, "X", "");
  EXPECT_EQ(table.at(fault_event::no_right).code, "X");
  EXPECT_EQ(table.at(fault_event::no_right).message, before) << "empty keeps what there was";
  table.set(fault_event::no_right, "", "Y");
  EXPECT_EQ(table.at(fault_event::no_right).code, "X");
  EXPECT_EQ(fault_table().at(fault_event::unknown_sender).code, "SIM101") << "another table is not touched";
}

TEST(FaultEvents, EachProblemOfTheWayHasItsEvent) {
  const auto transport = [](const problem_code& code) { return event_for(problem(code, ""), layer::transport); };
  const auto business = [](const problem_code& code) { return event_for(problem(code, ""), layer::business); };
  for (const auto& code :
       {problems::xml_not_well_formed, problems::xml_doctype, problems::xml_encoding, problems::xml_version, problems::xml_limit,
        problems::xml_mixed_value, problems::soap_structure, problems::message_format, problems::business_data_format})
    EXPECT_EQ(transport(code), fault_event::message_format) << code.name;
  EXPECT_EQ(transport(problems::signature_missing), fault_event::signature_missing);
  EXPECT_EQ(business(problems::signature_missing), fault_event::business_missing);
  for (const auto& code : {problems::signature_format, problems::signature_constraints, problems::signed_data_not_found,
                           problems::hash_failure, problems::signature_crypto_failure}) {
    EXPECT_EQ(transport(code), fault_event::signature_wrong) << code.name;
    EXPECT_EQ(business(code), fault_event::business_wrong) << code.name;
  }
  for (const auto& code : {problems::signing_certificate_missing, problems::signing_certificate_invalid}) {
    EXPECT_EQ(transport(code), fault_event::signature_not_current) << code.name;
    EXPECT_EQ(business(code), fault_event::business_not_current) << code.name;
  }
  EXPECT_EQ(transport(problems::unknown_service), fault_event::unknown_service);
  EXPECT_EQ(transport(problems::internal), fault_event::internal_error);
  EXPECT_EQ(transport(problems::answer_document), fault_event::internal_error) << "an unusable answer is our error";
  EXPECT_EQ(transport(problem_code{"something.new", "?"}), fault_event::internal_error);
}

TEST(FaultEvents, EachVerdictOnASignatureBecomesItsFault) {
  using shep::eds::test::check;
  using shep::eds::test::check_business;
  using shep::eds::test::message_a;
  const auto event = [](const shep::eds::test::checked& c) { return event_for(c.v.failure, layer::transport); };
  const auto by = [](const crypto::identity& who) {
    message_a m;
    m.signature.key_info = key_identifier(who.certificate);
    return check(m.text({.who = &who, .find = {}}));
  };
  EXPECT_EQ(event(check(unsigned_message())), fault_event::signature_missing);
  EXPECT_EQ(event(check(replaced(message_a().text(), "DEMO_SERVICE", "EVIL_SERVICE"))), fault_event::signature_wrong);
  EXPECT_EQ(event(by(make_identity({.not_before = test_now - 48h, .not_after = test_now - 24h}))), fault_event::signature_not_current);
  EXPECT_EQ(event(by(make_identity({.not_before = test_now + 24h, .not_after = test_now + 48h}))), fault_event::signature_not_current);
  EXPECT_EQ(event(by(make_identity({.key = key_name::other, .by = &foreign_root()}))), fault_event::signature_not_current);
  EXPECT_EQ(event(check(replaced(message_a().text(), "</ds:SignedInfo>", "</ds:SignedInfo><ds:SignedInfo/>"))),
            fault_event::signature_wrong);
  EXPECT_EQ(event(check("<a/>")), fault_event::message_format);
  message_a weak;
  weak.signature.signature_method = method("SignatureMethod", "http://www.w3.org/2000/09/xmldsig#rsa-sha1");
  EXPECT_EQ(event(check(weak.text())), fault_event::signature_wrong);

  const auto inner = [](const shep::eds::test::checked_business& c) { return event_for(c.v.failure, layer::business); };
  const std::string signed_document = eds::sign_business(share("<a><b/></a>"), signer()).value();
  EXPECT_EQ(inner(check_business("<a/>")), fault_event::business_missing);
  EXPECT_EQ(inner(check_business(replaced(signed_document, "<b/>", "<c/><b/>"))), fault_event::business_wrong);
  EXPECT_EQ(inner(check_business(signed_document, trust(), {}, test_now + 48h)), fault_event::business_not_current);
}

TEST(Fault, TextsComeFromTheTableAndTheReportIdFromTheCaller) {
  const fault f = fault_for({problems::message_format, "d", "w", "h"}, layer::transport, fault_table(), "r-1", when, session);
  EXPECT_EQ(f.code, "SCE001");
  EXPECT_EQ(f.message, fault_table().at(fault_event::message_format).message);
  EXPECT_EQ(f.date, when);
  EXPECT_EQ(f.session_id, session);
  for (const std::string part : {"r-1", "protocol.message_format", "d", "w", "h"})
    EXPECT_NE(f.data.find(part), std::string::npos) << f.data;
}

TEST(Fault, S46_DetailsAreShownOnlyWhereTheCodeAllowsIt) {
  const auto data = [](const problem_code& code) {
    return fault_for({code, "SECRET-DETAIL", "SECRET-PLACE", "SECRET-HINT"}, layer::transport, fault_table(), "r-1", when, "").data;
  };
  for (const auto& code :
       {problems::hash_failure, problems::signature_crypto_failure, problems::signature_format, problems::signature_constraints,
        problems::signed_data_not_found, problems::signing_certificate_invalid, problems::signing_certificate_missing,
        problems::wrong_password, problems::unavailable, problems::internal, problems::environment, problems::crypto_key}) {
    EXPECT_EQ(data(code).find("SECRET"), std::string::npos) << data(code);
    EXPECT_NE(data(code).find(code.summary), std::string::npos) << data(code);
    EXPECT_NE(data(code).find("r-1"), std::string::npos);
  }
  EXPECT_NE(data(problems::message_format).find("SECRET-DETAIL"), std::string::npos);
  EXPECT_NE(data(problems::unknown_service).find("SECRET-DETAIL"), std::string::npos);
}

TEST(Fault, HasTheLiteralShapeOfTheWire) {
  const fault f{"SCE004", "Сервис не существует", "NO_SUCH_SERVICE", when, session};
  EXPECT_EQ(render_fault(f, {}),
            "<soap:Envelope xmlns:soap=\"http://schemas.xmlsoap.org/soap/envelope/\"><soap:Body><soap:Fault>"
            "<faultcode>SCE004</faultcode><faultstring>Сервис не существует</faultstring>"
            "<detail><ns2:SendMessageFault1_SendMessageFault xmlns:ns2=\"http://bip.bee.kz/SyncChannel/v10/Types\">"
            "<errorCode>SCE004</errorCode><errorMessage>Сервис не существует</errorMessage><errorData>NO_SUCH_SERVICE</errorData>"
            "<errorDate>2030-01-02T08:04:05.678+05:00</errorDate><sessionId>{00000000-0000-4000-8000-00000000000a}</sessionId>"
            "</ns2:SendMessageFault1_SendMessageFault></detail></soap:Fault></soap:Body></soap:Envelope>");
}

TEST(Fault, LeavesOutWhatItDoesNotHave) {
  const std::string text = render_fault({"SCE909", "m", "", when, ""}, {});
  EXPECT_EQ(text.find("errorData"), std::string::npos);
  EXPECT_EQ(text.find("sessionId"), std::string::npos);
}

TEST(Fault, SoapsOwnCodesAreNamesOfItsNamespace) {
  style s;
  s.soap_prefix = "S";
  const fault_table table;
  for (const auto event : {fault_event::version_mismatch, fault_event::must_understand}) {
    const auto& row = table.at(event);
    EXPECT_NE(render_fault({row.code, row.message, "", when, ""}, s).find("<faultcode>S:" + row.code + "</faultcode>"), std::string::npos);
  }
}

TEST(Fault, PrefixesAndZoneFollowTheStyle) {
  style s;
  s.soap_prefix = "S";
  s.types_prefix = "ns7";
  s.zone = std::chrono::minutes(360);
  const std::string text = render_fault({"SCE909", "m", "d", when, ""}, s);
  EXPECT_TRUE(text.starts_with("<S:Envelope"));
  EXPECT_NE(text.find("<ns7:SendMessageFault1_SendMessageFault xmlns:ns7="), std::string::npos);
  EXPECT_NE(text.find("2030-01-02T09:04:05.678+06:00"), std::string::npos);
}

TEST(Fault, WhateverADetailHoldsTheAnswerIsXml) {
  for (const std::string& hostile : {std::string("<x>&amp;]]>\"'"), std::string("\x01\x02\x0b\x1f"), std::string("a\0b", 3),
                                     std::string("\xff\xfe\xc3"), std::string("\xed\xa0\x80"), std::string("\xef\xbf\xbf"),
                                     std::string("\xD0"), std::string("line\r\nline"), std::string("\xD0\x9F\xF0\x9F\x98\x80")}) {
    const fault f = fault_for({problems::message_format, hostile, hostile, hostile}, layer::transport, fault_table(), "r", when, session);
    const auto d = xml::admit(share(render_fault(f, {})));
    EXPECT_TRUE(d) << (d ? "" : describe(d.error()));
  }
}

TEST(Fault, LongDetailsAreCut) {
  const fault f =
      fault_for({problems::message_format, std::string(1 << 20, 'x'), "w", "h"}, layer::transport, fault_table(), "r", when, session);
  EXPECT_LE(f.data.size(), 8u << 10);
  EXPECT_NE(f.data.find("report r"), std::string::npos);
}

}  // namespace
}  // namespace shep::protocol
