#include "adapters/forwarding/answer.hpp"

#include "protocol/problems.hpp"

#include <gtest/gtest.h>

namespace shep::forwarding {
namespace {

std::string message(const std::string& data, const std::string& info = "<status><code>C</code><message>m</message></status>") {
  return "<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'><s:Body><t:SendMessageResponse "
         "xmlns:t='http://bip.bee.kz/SyncChannel/v10/Types'><response><responseInfo>" +
         info + "</responseInfo><responseData>" + data + "</responseData></response></t:SendMessageResponse></s:Body></s:Envelope>";
}

const std::string fault =
    "<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'><s:Body><s:Fault><faultcode>s:Server</faultcode>"
    "<faultstring>no</faultstring><detail><errorData>d</errorData></detail></s:Fault></s:Body></s:Envelope>";

http::incoming_response http_answer(unsigned status, std::string body) {
  http::incoming_response r;
  r.status = status;
  r.body = share(std::move(body));
  return r;
}

std::string told(const http::incoming_response& r) {
  const auto answer = read_answer(r, {});
  return answer ? (answer->is_fault ? "fault" : "answer") : std::string(answer.error().code.name);
}

result<adapters::reply> reply_of(const std::string& text, std::string_view asked = "m-1") {
  const auto answer = read_answer(share(text), {});
  return reply_from(answer.value(), asked, {});
}

TEST(Answer, R07_StatusAndContentHaveToAgree) {
  EXPECT_EQ(told(http_answer(200, message("<data/>"))), "answer");
  EXPECT_EQ(told(http_answer(500, fault)), "fault");
  EXPECT_EQ(told(http_answer(200, fault)), "fault");
  EXPECT_EQ(told(http_answer(500, message("<data/>"))), problems::recipient_answer.name);
  EXPECT_EQ(told(http_answer(302, message("<data/>"))), problems::recipient_answer.name);
  EXPECT_EQ(told(http_answer(204, "")), problems::recipient_answer.name);
  EXPECT_EQ(told(http_answer(503, fault)), problems::recipient_unavailable.name);
}

TEST(Answer, R07_WhatIsNoAnswerOfTheChannelIsRefused) {
  for (const char* text :
       {"", "hello", "<a/>", "<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'><s:Body/></s:Envelope>", "<!DOCTYPE a><a/>",
        "<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'><s:Body><x/></s:Body></s:Envelope>"})
    EXPECT_EQ(told(http_answer(200, text)), problems::recipient_answer.name) << text;
}

TEST(Answer, BecomesAReplyWithItsDocumentAndCarrier) {
  const auto inline_reply = reply_of(message("<data><r:a xmlns:r='urn:r'>1</r:a></data>"));
  ASSERT_TRUE(inline_reply);
  EXPECT_EQ(inline_reply->status_code, "C");
  EXPECT_EQ(inline_reply->form, protocol::carrier::child_element);
  EXPECT_NE(inline_reply->document.find(">1</r:a>"), std::string::npos) << inline_reply->document;
  const auto text_reply = reply_of(message("<data>&lt;a>1&lt;/a></data>"));
  ASSERT_TRUE(text_reply);
  EXPECT_EQ(text_reply->document, "<a>1</a>");
  EXPECT_EQ(text_reply->form, protocol::carrier::escaped_text);
  const auto typed =
      reply_of(message("<data xmlns:i='http://www.w3.org/2001/XMLSchema-instance' xmlns:x='urn:x' i:type='x:T'><a>1</a></data>"));
  ASSERT_TRUE(typed);
  EXPECT_EQ(typed->form, protocol::carrier::typed_element);
  EXPECT_NE(typed->document.find("i:type=\"x:T\""), std::string::npos) << typed->document;
  EXPECT_NE(typed->document.find("xmlns:x=\"urn:x\""), std::string::npos) << "the type's prefix has to stay bound";
  EXPECT_EQ(reply_of(message(""))->document, "");
}

TEST(Answer, AFaultKeepsItsCodeWithoutItsPrefix) {
  const auto reply = reply_of(fault);
  ASSERT_TRUE(reply && reply->fault);
  EXPECT_EQ(reply->fault->code, "Server");
  EXPECT_EQ(reply->fault->message, "no");
  EXPECT_EQ(reply->fault->data, "d");
}

TEST(Answer, R07_ToAnotherMessageOrWithoutStatusIsRefused) {
  const std::string status = "<status><code>C</code></status>";
  EXPECT_TRUE(reply_of(message("", "<correlationId>m-1</correlationId>" + status)));
  EXPECT_FALSE(reply_of(message("", "<correlationId>m-2</correlationId>" + status)));
  EXPECT_TRUE(reply_of(message("", "<correlationId>m-2</correlationId>" + status), {})) << "a recorded one answered another message";
  EXPECT_FALSE(reply_of(message("", "<messageId>x</messageId>")));
  EXPECT_FALSE(reply_of(message("<data>words</data>")));
  EXPECT_FALSE(reply_of(message("<data>&lt;a></data>")));
}

TEST(Answer, R07_ASignatureIsAskedForAsTheRouteSays) {
  const crypto::trust_store nobody(crypto::trust_store::contents{});
  const auto answer = read_answer(share(message("")), {}).value().document.source();
  const auto read = read_answer(answer, {});
  EXPECT_TRUE(judge_signature(*read, true, nobody, {}, {}).refusal);
  EXPECT_FALSE(judge_signature(*read, false, nobody, {}, {}).refusal);
  const auto refused = read_answer(share(fault), {});
  EXPECT_FALSE(judge_signature(*refused, true, nobody, {}, {}).refusal) << "faults are believed unsigned";
}

}  // namespace
}  // namespace shep::forwarding
