#include "pipeline/text_faults.hpp"

#include "core/bytes.hpp"

#include <gtest/gtest.h>

namespace shep::pipeline {
namespace {

const std::string message =
    "<s:Envelope><s:Header><ds:SignatureValue>AAAAAAAAAAAAAAAAAAAAAAAAAAAA</ds:SignatureValue></s:Header>"
    "<s:Body "
    "wsu:Id=\"id-1\"><messageId>0a</messageId><status><code>OK</code></status><data><status>inner</status></data></s:Body></s:Envelope>";

TEST(TextFaults, LeaveOutTheFirstStatusOnly) {
  std::string text = message;
  EXPECT_TRUE(leave_out_status(text));
  EXPECT_EQ(text.find("<code>"), std::string::npos);
  EXPECT_NE(text.find("<data><status>inner</status></data>"), std::string::npos);
}

TEST(TextFaults, AlterOneOctet) {
  for (const auto alter : {alter_message_id, alter_signature_value}) {
    std::string text = message;
    EXPECT_TRUE(alter(text));
    ASSERT_EQ(text.size(), message.size());
    int different = 0;
    for (std::size_t i = 0; i < text.size(); ++i) different += text[i] != message[i] ? 1 : 0;
    EXPECT_EQ(different, 1);
  }
}

TEST(TextFaults, MoveTheSignedBodyAwayOctetForOctet) {
  std::string text = message;
  ASSERT_TRUE(wrap_signed_body(text, "s"));
  const std::size_t from = message.find("<s:Body");
  const std::string body = message.substr(from, message.find("</s:Envelope>") - from);
  EXPECT_NE(text.find("<w:Original xmlns:w=\"urn:shepsim:wrapped\">" + body + "</w:Original></s:Header>"), std::string::npos) << text;
  EXPECT_NE(text.find("</s:Header><s:Body wsu:Id=\"forged-id-1\">"), std::string::npos);
  EXPECT_NE(text.find("<code>SIMXSW</code>"), std::string::npos);
}

TEST(TextFaults, DoubleTheBody) {
  std::string text = message;
  ASSERT_TRUE(double_body(text, "s"));
  const std::size_t first = text.find("<s:Body");
  const std::size_t second = text.find("<s:Body", first + 1);
  const std::size_t size = second - first;
  EXPECT_EQ(text.substr(first, size), text.substr(second, size));
}

TEST(TextFaults, GiveAnotherNamespace) {
  const std::pair<std::string, std::string> cases[] = {
      {"<a/>", "<a xmlns=\"urn:shepsim:wrong-namespace\"/>"},
      {"<?xml version='1.0'?><!-- a --><a>x</a>", "<?xml version='1.0'?><!-- a --><a xmlns=\"urn:shepsim:wrong-namespace\">x</a>"},
      {"<p:a xmlns:p='urn:x'/>", "<p:a xmlns:p='urn:shepsim:wrong-namespace'/>"},
      {"<a xmlns=\"urn:x\"><b xmlns=\"urn:y\"/></a>", "<a xmlns=\"urn:shepsim:wrong-namespace\"><b xmlns=\"urn:y\"/></a>"}};
  for (const auto& [before, after] : cases) {
    std::string text = before;
    EXPECT_TRUE(give_other_namespace(text)) << before;
    EXPECT_EQ(text, after);
  }
  std::string no_xml = "plain";
  EXPECT_FALSE(give_other_namespace(no_xml));
  EXPECT_EQ(no_xml, "plain");
}

TEST(TextFaults, WithoutTheirPlaceChangeNothing) {
  const std::string other = "<a/>";
  std::string text = other;
  EXPECT_FALSE(leave_out_status(text));
  EXPECT_FALSE(alter_message_id(text));
  EXPECT_FALSE(alter_signature_value(text));
  EXPECT_FALSE(double_body(text, "s"));
  EXPECT_FALSE(wrap_signed_body(text, "s"));
  EXPECT_EQ(text, other);
  std::string cut = "<messageId>";
  EXPECT_FALSE(alter_message_id(cut));
}

TEST(TextFaults, BreakTheEncodingInsideTheDocument) {
  std::string text = message;
  EXPECT_TRUE(break_encoding(text));
  EXPECT_FALSE(is_utf8(text));
  EXPECT_TRUE(text.ends_with("</s:Envelope>"));
}

}  // namespace
}  // namespace shep::pipeline
