#include "protocol/fault.hpp"
#include "unit/protocol/answers.hpp"
#include "unit/protocol/reading.hpp"
#include "unit/protocol/schema_check.hpp"

namespace shep::protocol {
namespace {

using namespace test;

class AgainstTheSchema : public testing::Test {
 protected:
  void SetUp() override {
    if (!has_xmllint()) GTEST_SKIP() << "xmllint is not installed, so nothing can be held to the schema";
  }
};

TEST_F(AgainstTheSchema, ResponsesAreValid) {
  for (const style& s : {style{}, other_style()}) {
    sync_response bare = answer();
    bare.correlation_id.clear();
    bare.session_id.clear();
    sync_response long_message = answer();
    long_message.status_message = std::string(1000, 'x');
    for (const sync_response& r :
         {answer(), bare, long_message, answer({carrier::escaped_text, "<a/>", {}}), answer({carrier::cdata, "<a>]]></a>", {}}),
          answer(shape_document("<q:a xmlns:q=\"urn:q\"/>", carrier::child_element, {}, s).value()),
          answer(shape_document("<a><iin/></a>", carrier::fields, {}, s).value())})
      EXPECT_EQ(schema_complaints(rendered(r, s), s.types_prefix + ":SendMessageResponse"), "");
  }
  std::string typed = rendered(answer(shape_document("<a><iin/></a>", carrier::typed_element, {"ServiceType", "urn:type"}, {}).value()));
  replace_first(typed, " xsi:type=\"t:ServiceType\"", "");
  EXPECT_EQ(schema_complaints(typed, "ns2:SendMessageResponse"), "");
}

TEST_F(AgainstTheSchema, FaultsAreValid) {
  const fault full = fault_for({problems::message_format, "d", "w", "h"}, layer::transport, fault_table(), "r", test_now,
                               "{00000000-0000-4000-8000-00000000000a}");
  EXPECT_EQ(schema_complaints(render_fault(full, {}), "ns2:SendMessageFault1_SendMessageFault"), "");
  EXPECT_EQ(schema_complaints(render_fault({"SCE909", "m", "", test_now, ""}, {}), "ns2:SendMessageFault1_SendMessageFault"), "");
}

TEST_F(AgainstTheSchema, TheSchemaRefusesWhatIsWrong) {
  const std::string good = rendered(answer());
  EXPECT_NE(schema_complaints(replaced(good, "{00000000-0000-4000-8000-00000000000a}", "00000000-0000-4000-8000-00000000000a"),
                              "ns2:SendMessageResponse"),
            "");
  EXPECT_NE(schema_complaints(replaced(good, "<status>", "<q:status xmlns:q=\"urn:q\"/><status>"), "ns2:SendMessageResponse"), "");
}

/// What the schema says and what strict mode says about the same requests.
TEST_F(AgainstTheSchema, StrictModeAgreesWithTheSchemaOnRequests) {
  std::vector<request_parts> requests(11);
  requests[1].session_id = "<sessionId/>";
  requests[2].session_id = "<sessionId>00000000-0000-4000-8000-00000000000a</sessionId>";
  requests[3].session_id = "<sessionId>{00000000-0000-4000-8000-00000000000a}</sessionId>";
  requests[4].properties = "<properties/>";
  requests[5].properties = "<properties><key>" + std::string(31, 'k') + "</key><value/></properties>";
  requests[6].properties = "<properties><key>" + std::string(30, 'k') + "</key><value>" + std::string(500, 'v') + "</value></properties>";
  requests[7].message_date = "<messageDate>2030-01-02</messageDate>";
  requests[8].sender = "<sender><password>p</password><senderId>s</senderId></sender>";
  requests[9].correlation_id = "<correlationId/>";
  requests[10].service_id = "<q:serviceId xmlns:q=\"urn:q\">S</q:serviceId>";
  for (const request_parts& parts : requests) {
    const bool valid = schema_complaints(parts.wrapper(), "t:SendMessage").empty();
    const auto strict = read_parts(parts, reading_mode::strict);
    EXPECT_EQ(static_cast<bool>(strict), valid) << parts.info() << "\n" << strict.told();
  }
}

}  // namespace
}  // namespace shep::protocol
