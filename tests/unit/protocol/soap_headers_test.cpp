#include "protocol/soap_headers.hpp"

#include "eds/problems.hpp"
#include "protocol/fault.hpp"
#include "unit/protocol/reading.hpp"

namespace shep::protocol {
namespace {

using namespace test;

/// Structure, then headers, as the pipeline asks for them.
problem verdict(const std::string& text) {
  const auto d = admitted(text);
  const auto parts = eds::read_envelope(d);
  if (!parts) return parts.error();
  const auto ok = check_soap_headers(*parts);
  return ok ? problem() : ok.error();
}

std::string with_header(const std::string& header) {
  message_parts parts;
  parts.envelope_attributes = xmlns("h", "urn:h") + xmlns("wsse", ns::wsse);
  parts.header = header;
  return parts.text();
}

fault_event event_of(const problem& p) { return event_for(p, layer::transport); }

TEST(SoapHeaders, X16_UnknownHeaderThatMustBeUnderstoodIsRefused) {
  for (const std::string block :
       {"<h:x soap:mustUnderstand=\"1\"/>", "<h:x soap:mustUnderstand=\"true\"/>", "<h:x soap:mustUnderstand=\"1\" soap:actor=\"\"/>",
        "<h:x soap:mustUnderstand=\"1\" soap:actor=\"http://schemas.xmlsoap.org/soap/actor/next\"/>",
        "<wsse:Other soap:mustUnderstand=\"1\"/>", "<Security xmlns=\"urn:h\" soap:mustUnderstand=\"1\"/>",
        "<h:a/><h:b soap:mustUnderstand=\"0\"/><h:c soap:mustUnderstand=\"1\"/>"}) {
    const problem why = verdict(with_header(block));
    EXPECT_EQ(why.code, problems::must_understand) << block << describe(why);
    EXPECT_NE(why.where.find("Header[1]"), std::string::npos) << why.where;
    EXPECT_EQ(event_of(why), fault_event::must_understand);
  }
}

TEST(SoapHeaders, X16_OtherHeadersPass) {
  for (const std::string block :
       {"", "<h:x/>", "<h:x soap:mustUnderstand=\"0\"/>", "<h:x mustUnderstand=\"1\"/>",
        "<h:x soap:mustUnderstand=\"1\" soap:actor=\"urn:somebody\"/>", "<wsse:Security soap:mustUnderstand=\"1\"/>"})
    EXPECT_EQ(verdict(with_header(block)).code.name, "") << block;
}

TEST(SoapHeaders, X16_Soap12IsAVersionMismatch) {
  const problem why = verdict(replaced(unsigned_message(), std::string(ns::soap11), std::string(ns::soap12)));
  EXPECT_EQ(why.code, problems::version_mismatch);
  EXPECT_NE(why.hint.find(ns::soap11), std::string::npos);
  EXPECT_EQ(event_of(why), fault_event::version_mismatch);
}

TEST(SoapHeaders, X16_EnvelopeHasOneHeaderAndOneBodyInThisOrder) {
  const std::string soap = xmlns("soap", ns::soap11), body = "<soap:Body/>", header = "<soap:Header/>";
  const auto envelope = [&](const std::string& inside) { return "<soap:Envelope" + soap + ">" + inside + "</soap:Envelope>"; };
  for (const std::string& text :
       {envelope(body + body), envelope(header + header + body), envelope(body + header), envelope(header), envelope(""),
        envelope(header + body + "<x/>"), envelope("<x/>" + header + body), envelope(header + "<x/>" + body),
        envelope(header + body + header), std::string("<Envelope/>"), std::string("<x/>"), "<soap:Body" + soap + "/>", envelope("<Body/>"),
        envelope(header + "<Body xmlns=\"" + std::string(ns::soap12) + "\"/>"),
        std::string("<soap:Envelope xmlns:soap=\"urn:other\"><soap:Body/></soap:Envelope>")}) {
    const problem why = verdict(text);
    EXPECT_EQ(why.code, problems::soap_structure) << text;
    EXPECT_FALSE(why.where.empty()) << text;
    EXPECT_EQ(event_of(why), fault_event::message_format);
  }
  EXPECT_EQ(verdict(envelope(body)).code.name, "");
  EXPECT_EQ(verdict(envelope("<!-- a -->" + header + "<!-- b -->" + body + "<!-- c -->")).code.name, "");
}

/// A pension fund's own host takes this; the gateway does not (section 1.6).
TEST(SoapHeaders, RequestWithoutAnEnvelopeIsToldWhatWasExpected) {
  const problem why = verdict("<syncSendMessageRequest xmlns=\"http://bip.bee.kz/SyncChannel/v10/Types/Request\"/>");
  EXPECT_EQ(why.code, problems::soap_structure);
  EXPECT_NE(why.detail.find("syncSendMessageRequest"), std::string::npos);
  EXPECT_NE(why.detail.find("Envelope"), std::string::npos);
}

TEST(SoapHeaders, X16_AttachmentReferencesAreNotFetched) {
  request_parts parts;
  parts.data = "<data><xop:Include xmlns:xop=\"http://www.w3.org/2004/08/xop/include\" href=\"http://127.0.0.1:1/x\"/></data>";
  const auto r = read_parts(parts, reading_mode::strict);
  ASSERT_TRUE(r) << r.told();
  EXPECT_EQ(r.request->data.payload().local_name(), "Include") << "an element like any other";
}

}  // namespace
}  // namespace shep::protocol
