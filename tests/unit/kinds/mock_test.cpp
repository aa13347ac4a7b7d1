#include "calling.hpp"
#include "mocks/engine/problems.hpp"
#include "protocol/problems.hpp"

#include <algorithm>
#include <vector>

#include <gtest/gtest.h>

namespace shep::adapters {
namespace {

using namespace testing;
using namespace std::chrono_literals;

std::shared_ptr<const adapter> mock_over(const std::string& mappings) {
  const auto rows = catalogue();
  const auto row = std::find_if(rows.begin(), rows.end(), [](const kind* k) { return k->name == "mock"; });
  if (row == rows.end()) throw std::logic_error("the catalogue has no row 'mock'");
  return (*row)->make(parts_with(mappings));
}

TEST(Mock, AnswersFromTheMappingThatMatches) {
  const auto mock = mock_over(usual_mappings());
  const question q("ECHO");
  const auto e = ask(*mock, q.within(never));
  ASSERT_EQ(told(e), "reply: SCSS001");
  const reply& r = **e.answer;
  EXPECT_EQ(r.document, "<echo id='m-1'>portal</echo>");
  EXPECT_EQ(r.status_message, "c-1");
  EXPECT_FALSE(r.mapping_id.empty());
  EXPECT_FALSE(r.fault);
  EXPECT_FALSE(r.form);
  EXPECT_FALSE(r.sign_transport);
}

TEST(Mock, PassesOnEverythingThatAMappingDecides) {
  const auto mock = mock_over(R"({"name": "all", "request": {"shep": {"serviceId": "ALL"}},
    "response": {"body": "<data><a/></data>", "shep": {"statusCode": "S1", "statusMessage": "text", "sign": "inner", "carrier": "typed_element",
                 "dataType": {"name": "ns3:Type", "namespace": "urn:types"}}}})");
  const question q("ALL");
  const auto e = ask(*mock, q.within(never));
  ASSERT_EQ(told(e), "reply: S1");
  const reply& r = **e.answer;
  EXPECT_EQ(r.form, protocol::carrier::typed_element);
  EXPECT_EQ(r.type, "ns3:Type");
  EXPECT_EQ(r.type_space, "urn:types");
  EXPECT_TRUE(r.sign_business);
  EXPECT_EQ(r.sign_transport, std::optional<bool>(false));
}

TEST(Mock, PassesOnAFault) {
  const auto mock = mock_over(R"({"name": "refusal", "request": {"shep": {"serviceId": "REFUSED"}},
    "response": {"shep": {"fault": {"code": "SCE015", "message": "expired", "data": "d"}}}})");
  const question q("REFUSED");
  const auto e = ask(*mock, q.within(never));
  ASSERT_EQ(told(e), "reply: ");
  ASSERT_TRUE((**e.answer).fault);
  EXPECT_EQ((**e.answer).fault->code, "SCE015");
  EXPECT_EQ((**e.answer).fault->message, "expired");
  EXPECT_EQ((**e.answer).fault->data, "d");
}

TEST(Mock, ExplainsTheNearestMappingWhenNothingMatches) {
  const auto mock = mock_over(R"({"mappings": [
    {"name": "near", "request": {"shep": {"serviceId": "PERSON"}, "bodyPatterns": [{"matchesXPath": {"expression": "//iin", "equalTo": "900101000025"}}]},
     "response": {"shep": {"statusCode": "S"}}},
    {"name": "far", "request": {"shep": {"serviceId": "COMPANY", "senderId": "nobody"}}, "response": {"shep": {"statusCode": "S"}}}]})");
  const question q("PERSON");
  const auto e = ask(*mock, q.within(never));
  ASSERT_EQ(told(e), problems::no_match.name);
  const problem p = e.answer->error();
  EXPECT_NE(p.detail.find("'near'"), std::string::npos) << p.detail;
  EXPECT_EQ(p.detail.find("'far'"), std::string::npos) << p.detail;
  EXPECT_NE(p.detail.find("900101000025"), std::string::npos) << "what was expected is missing: " << p.detail;
  EXPECT_NE(p.detail.find("900101000017"), std::string::npos) << "what came is missing: " << p.detail;
  EXPECT_EQ(p.where, "mappings/test.json");
  EXPECT_FALSE(p.hint.empty());
}

TEST(Mock, SaysSoWhenThereIsNoMappingAtAll) {
  const auto mock = mock_over(R"({"mappings": []})");
  const question q("ECHO");
  const auto e = ask(*mock, q.within(never));
  ASSERT_EQ(told(e), problems::no_match.name);
  EXPECT_EQ(e.answer->error().detail, "there is no mapping at all");
  EXPECT_NE(e.answer->error().hint.find("mappings/"), std::string::npos);
}

TEST(Mock, AnswersAfterADelayThatEndsBeforeTheDeadline) {
  const auto mock = mock_over(usual_mappings());
  const question q("BRIEF");
  EXPECT_EQ(told(ask(*mock, q.within(never))), "reply: SCSS001");
}

TEST(Mock, GivesUpAtTheDeadlineWhenTheDelayIsLonger) {
  const auto mock = mock_over(usual_mappings());
  const question q("SLOW");
  const call c = q.within(20ms);
  const auto e = ask(*mock, c);
  EXPECT_GE(std::chrono::steady_clock::now(), c.deadline) << "a recipient that is late is waited for until the deadline";
  ASSERT_EQ(told(e), problems::recipient_timeout.name);
  EXPECT_NE(e.answer->error().detail.find("'slow'"), std::string::npos) << "the mapping is not named: " << e.answer->error().detail;
}

TEST(Mock, NamesTheMappingOfATemplateThatCannotBeRendered) {
  const auto mock = mock_over(R"({"name": "list", "request": {"shep": {"serviceId": "LIST"}},
    "response": {"body": "<a>{{xPathList '//iin'}}</a>", "transformers": ["response-template"], "shep": {"statusCode": "S"}}})");
  const question q("LIST");
  const auto e = ask(*mock, q.within(never));
  ASSERT_EQ(told(e), problems::template_value.name);
  EXPECT_EQ(e.answer->error().where, "template:1:6, from mappings/test.json 'list'");
}

TEST(Mock, WritesDocumentsThatAreXmlWhateverTheRequestSays) {
  const auto mock = mock_over(usual_mappings());
  for (const std::string& text :
       std::vector<std::string>{"", std::string("a\0b", 3), "\xFF\xFE", "</echo>", "]]>", "' x='", "&amp;", "{{x}}"}) {
    question q("ECHO");
    q.request.message_id = q.request.sender_id = text;
    const auto e = ask(*mock, q.within(never));
    ASSERT_EQ(told(e), "reply: SCSS001");
    const auto document = xml::admit(share((**e.answer).document));
    ASSERT_TRUE(document) << (**e.answer).document;
    EXPECT_FALSE(document->root().first_child());
    EXPECT_EQ(document->root().attributes().size(), 1U);
  }
}

}  // namespace
}  // namespace shep::adapters
