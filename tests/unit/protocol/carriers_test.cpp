#include "unit/protocol/reading.hpp"

/// shep-protocol.md section 1.5: every way in which `data` carries the business document.
namespace shep::protocol {
namespace {

using namespace test;

const std::string types = " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xmlns:xs=\"http://www.w3.org/2001/XMLSchema\"";

read_result with_data(const std::string& data, reading_mode mode = reading_mode::strict) {
  request_parts parts;
  parts.data = data;
  return read_parts(parts, mode);
}

void expect_form(read_result& r, carrier form, const std::string& root) {
  ASSERT_TRUE(r) << r.told();
  EXPECT_EQ(name_of(r->data.form), name_of(form));
  EXPECT_EQ(r->data.payload() ? std::string(r->data.payload().local_name()) : "", root);
  EXPECT_TRUE(r->deviations.empty());
}

TEST(Carriers, EscapedText) {
  for (const std::string& text : {std::string("&lt;r:a xmlns:r=\"urn:r\">&lt;uin>1&lt;/uin>&lt;/r:a>"), std::string("&lt;a/&gt;"),
                                  std::string("&lt;?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n&lt;a/>\n"), std::string("\n  &lt;a/>  "),
                                  std::string("\xEF\xBB\xBF&lt;?xml version='1.0'?>&lt;a/>"), std::string("&lt;!-- c -->&lt;a/>")}) {
    auto r = with_data("<data" + types + " xsi:type=\"xs:string\">" + text + "</data>");
    expect_form(r, carrier::escaped_text, "a");
    EXPECT_EQ(r->data.type, "xs:string");
    ASSERT_TRUE(r->data.inner);
  }
}

TEST(Carriers, EscapedTextWithoutAType) {
  auto r = with_data("<data>&lt;a/></data>");
  expect_form(r, carrier::escaped_text, "a");
  EXPECT_EQ(r->data.type, "");
}

TEST(Carriers, Cdata) {
  auto r = with_data("<data><![CDATA[<?xml version=\"1.0\"?><a>&amp;</a>]]></data>");
  expect_form(r, carrier::cdata, "a");
  EXPECT_EQ(xml::text_of(r->data.payload()), "&");
  r = with_data("<data>\n<![CDATA[<a><b>]]><![CDATA[</b></a>]]>\n</data>");
  expect_form(r, carrier::cdata, "a");
}

TEST(Carriers, TypedElement) {
  for (const std::string& data : {"<data" + types + " xmlns:g=\"urn:g\" xsi:type=\"g:ServiceType\"><iin>1</iin></data>",
                                  "<data" + types + " xmlns=\"\" xsi:type=\"ServiceType\"><iin>1</iin><name/></data>"}) {
    auto r = with_data(data);
    expect_form(r, carrier::typed_element, "data");
  }
}

TEST(Carriers, TypedElementWhosePrefixStandsOnTheEnvelope) {
  message_parts parts;
  parts.envelope_attributes = xmlns("g", "urn:g");
  request_parts request;
  request.data = "<data" + types + " xsi:type=\"g:docOutgoing\"><a/><b/></data>";
  parts.body = request.wrapper();
  const auto d = admitted(parts.text());
  const auto taken = eds::accept_without_signature(d);
  ASSERT_TRUE(taken);
  const auto r = read_request(*taken, reading_mode::strict);
  ASSERT_TRUE(r);
  EXPECT_EQ(r->data.form, carrier::typed_element);
  EXPECT_EQ(r->data.type, "g:docOutgoing");
}

TEST(Carriers, OneChildElement) {
  auto r = with_data("<data>\n<k:getUserDataRequest xmlns:k=\"http://service.2fa-chain.kz/ns/kdp\"><uin/></k:getUserDataRequest>\n</data>");
  expect_form(r, carrier::child_element, "getUserDataRequest");
  r = with_data("<data" + types + " xsi:type=\"xs:anyType\"><a/></data>");
  expect_form(r, carrier::child_element, "a");
}

TEST(Carriers, FieldsDirectlyBelow) {
  auto r = with_data("<data><messageId/><iin>1</iin></data>");
  expect_form(r, carrier::fields, "data");
}

TEST(Carriers, NothingAndPlainText) {
  for (const std::string data : {"<data/>", "<data></data>"}) {
    auto r = with_data(data);
    expect_form(r, carrier::none, "");
  }
  auto r = with_data("<data>just text</data>");
  expect_form(r, carrier::plain_text, "");
  EXPECT_EQ(r->data.text, "just text");
}

TEST(Carriers, EveryFormHasAName) {
  std::vector<std::string_view> names;
  for (const carrier c : {carrier::none, carrier::escaped_text, carrier::cdata, carrier::child_element, carrier::typed_element,
                          carrier::fields, carrier::plain_text})
    names.push_back(name_of(c));
  EXPECT_EQ(names,
            (std::vector<std::string_view>{"none", "escaped_text", "cdata", "child_element", "typed_element", "fields", "plain_text"}));
}

TEST(Carriers, X18_InnerDocumentPassesTheSameDoor) {
  const auto escaped = [](std::string text) {
    for (std::size_t at = 0; (at = text.find_first_of("&<", at)) != std::string::npos; ++at)
      text.replace(at, 1, text[at] == '&' ? "&amp;" : "&lt;");
    return "<data>" + text + "</data>";
  };
  for (const std::string& inner :
       {std::string("<!DOCTYPE a><a/>"), std::string("<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>"),
        std::string("<a>"), std::string("<a/><b/>"), std::string("<a b='1' b='2'/>"), std::string("<p:a/>"), std::string("<a>&nbsp;</a>"),
        std::string("<?xml version=\"1.1\"?><a/>"), std::string("<a>&#1;</a>"), std::string("<"), std::string("<>")})
    for (const std::string& data : {escaped(inner), "<data><![CDATA[" + inner + "]]></data>"})
      for (const auto mode : {reading_mode::strict, reading_mode::lenient}) {
        const auto r = with_data(data, mode);
        ASSERT_FALSE(r) << inner;
        EXPECT_EQ(r.request.error().code, problems::business_data_format) << r.told();
        EXPECT_NE(r.request.error().where.find("data[1]"), std::string::npos) << r.told();
      }
}

TEST(Carriers, X18_InnerDocumentKeepsTheLimits) {
  std::string deep;
  for (int i = 0; i < 129; ++i) deep += "&lt;a>";
  for (int i = 0; i < 129; ++i) deep += "&lt;/a>";
  EXPECT_EQ(with_data("<data>" + deep + "</data>").request.error().code, problems::business_data_format);
  xml::limits few;
  few.elements = 3;
  request_parts parts;
  parts.data = "<data>&lt;a>&lt;b/>&lt;b/>&lt;b/>&lt;/a></data>";
  const auto r = read_body(parts.wrapper(), reading_mode::lenient, few);
  ASSERT_FALSE(r);
  EXPECT_EQ(r.request.error().code, problems::business_data_format) << "the limits handed over hold inside";
}

/// Which text is believed: one in which a comment stands is still the whole text.
TEST(Carriers, X13_EscapedTextAroundACommentIsReadWhole) {
  auto r = with_data("<data>&lt;a>ad<!-- c -->min&lt;/a></data>");
  ASSERT_TRUE(r) << r.told();
  EXPECT_EQ(xml::text_of(r->data.payload()), "admin");
}

}  // namespace
}  // namespace shep::protocol
