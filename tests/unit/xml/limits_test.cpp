#include "unit/xml/support.hpp"

#include <functional>

namespace shep::xml {
namespace {

std::string repeated(std::size_t n, const std::function<std::string(std::size_t)>& piece) {
  std::string out;
  for (std::size_t i = 0; i < n; ++i) out += piece(i);
  return out;
}

std::string nested(std::size_t depth) {
  return repeated(depth, [](std::size_t) { return "<a>"; }) + repeated(depth, [](std::size_t) { return "</a>"; });
}

std::string attributes(std::size_t n) {
  return "<a " + repeated(n, [](std::size_t i) { return "b" + std::to_string(i) + "='' "; }) + "/>";
}

std::string declarations(std::size_t n, std::size_t from = 0) {
  return "<a " + repeated(n, [from](std::size_t i) { return "xmlns:p" + std::to_string(from + i) + "='u' "; });
}

/// Accepted at the limit, refused one above it, with both numbers in the sentence.
void expect_limit(const std::string& at_limit, const std::string& above, const limits& allowed = {}) {
  const auto in = admit(share(at_limit), allowed);
  EXPECT_TRUE(in) << describe(in.error());
  expect_refused(above, problems::xml_limit, allowed);
}

TEST(Limits, X11_RefusesElement129OfANest) {
  expect_limit(nested(128), nested(129));
  expect_refused(nested(10'000), problems::xml_limit);
  expect_refused(nested(1'000'000), problems::xml_limit);
  const auto refused = admit(share(nested(129)));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().detail, "129 nested elements, at most 128 are allowed");
  EXPECT_EQ(refused.error().where, "line 1, column 385, byte 384");
}

TEST(Limits, X11_NothingRecursesWhenTheLimitIsRaised) {
  limits deep;
  deep.depth = deep.elements = 1'000'000;
  const document d = admitted(nested(1'000'000), deep);
  EXPECT_EQ(canonical(d, {}), nested(1'000'000));
}

TEST(Limits, X12_RefusesTooManyAttributes) {
  expect_limit(attributes(64), attributes(65));
  expect_refused(attributes(100'000), problems::xml_limit);
  expect_refused(utf16("\xff\xfe", attributes(100'000), true), problems::xml_limit);
  const auto nest = [](std::size_t last) {
    const std::string full = attributes(64);
    return repeated(8, [&](std::size_t) { return full.substr(0, full.size() - 2) + ">"; }) + attributes(last) +
           repeated(8, [](std::size_t) { return "</a>"; });
  };
  expect_limit(nest(0), nest(1));
  limits few;
  few.attributes = 5;
  expect_limit("<r a='' b=''><c a='' b=''/><d a=''/></r>", "<r a='' b=''><c a='' b=''/><d a='' b=''/></r>", few);
}

TEST(Limits, X12_AWideTagIsRefusedWhereItStands) {
  const auto refused = admit(share("<r>\n\xd0\x9d" + attributes(97) + "</r>"));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().where, "line 2, column 2, byte 6");
  EXPECT_EQ(refused.error().detail, "more than 96 attributes on one element; at most 64 and 32 namespace declarations are allowed");
  const auto wide = admit(share(utf16("\xfe\xff", "<r>\r\n " + attributes(97) + "</r>", false)));
  ASSERT_FALSE(wide);
  EXPECT_EQ(wide.error().where, "line 2, column 2, byte 14");
}

TEST(Limits, X12_WhatOnlyLooksLikeAWideTagIsNotCounted) {
  const std::string wide = attributes(200);
  const std::string quotes = repeated(1000, [](std::size_t) { return "'\""; });
  EXPECT_TRUE(admit(share("<r><!-- " + wide + " --><?p " + wide + "?><![CDATA[" + wide + "]]>" + wide.substr(1) + quotes + "<a b=\"" +
                          repeated(500, [](std::size_t) { return "c='d' > "; }) + "\"/></r>")));
  EXPECT_FALSE(admit(share("<r><!-- " + wide)));
  EXPECT_FALSE(admit(share("<r a='" + std::string(1000, 'x'))));
}

TEST(Limits, X12_RefusesTooManyNamespaceDeclarations) {
  expect_limit(declarations(32) + "/>", declarations(33) + "/>");
  expect_refused(declarations(10'000) + "/>", problems::xml_limit);
  const auto in_scope = [](std::size_t last) {
    return repeated(8, [](std::size_t i) { return declarations(32, 32 * i) + ">"; }) + declarations(last) + "/>" +
           repeated(8, [](std::size_t) { return "</a>"; });
  };
  expect_limit(in_scope(0), in_scope(1));
}

TEST(Limits, X12_ForgetsDeclarationsThatWentOutOfScope) {
  EXPECT_TRUE(admit(share("<r>" + repeated(1000, [](std::size_t) { return declarations(32) + "/>"; }) + "</r>")));
}

TEST(Limits, X12_RefusesTooManyElements) {
  const auto row = [](std::size_t n) { return "<r>" + repeated(n - 1, [](std::size_t) { return "<a/>"; }) + "</r>"; };
  expect_limit(row(200'000), row(200'001));
  expect_refused(row(1'000'000), problems::xml_limit);
}

TEST(Limits, X12_RefusesLongNamesAndValues) {
  const std::string name(1024, 'n'), longer(1025, 'n');
  expect_limit("<" + name + "/>", "<" + longer + "/>");
  expect_limit("<a " + name + "=''/>", "<a " + longer + "=''/>");
  expect_limit("<a><?" + name + "?></a>", "<a><?" + longer + "?></a>");
  expect_limit("<a xmlns='" + name + "'/>", "<a xmlns='" + longer + "'/>");
  const std::string value(64 << 10, 'v');
  expect_limit("<a b='" + value + "'/>", "<a b='" + value + "v'/>");
  expect_refused("<" + std::string(1 << 20, 'n') + "/>", problems::xml_limit);
}

TEST(Limits, X12_RefusesTooManyCommentsAndInstructions) {
  const auto row = [](std::size_t n) { return "<r>" + repeated(n, [](std::size_t i) { return i % 2 ? "<!---->" : "<?p?>"; }) + "</r>"; };
  expect_limit(row(1000), row(1001));
}

TEST(Limits, X12_RefusesABodyThatIsTooLarge) {
  limits small;
  small.body = 20;
  expect_limit("<a>1234567890123</a>", "<a>12345678901234</a>", small);
  EXPECT_TRUE(admit(share("<a>" + std::string((10 << 20) - 7, 'x') + "</a>")));
  expect_refused("<a>" + std::string((10 << 20) - 6, 'x') + "</a>", problems::xml_limit);
}

// Each of these takes hours where the work grows with the square of the size, and a moment where it is linear.
TEST(Limits, X12_ReadingIsLinearWhateverTheShape) {
  limits none;
  none.body = 512 << 20;
  none.depth = none.elements = none.attributes = none.attributes_on_open_elements = none.attributes_per_element =
      none.declarations_per_element = none.declarations_in_scope = 10'000'000;
  none.name = none.attribute_value = 64 << 20;
  none.comments_and_instructions = 10'000'000;
  EXPECT_TRUE(admit(share(attributes(300'000)), none));
  EXPECT_TRUE(admit(share(declarations(300'000) + "/>"), none));
  EXPECT_TRUE(admit(share("<r>" + repeated(1'000'000, [](std::size_t) { return "<a/>"; }) + "</r>"), none));
  EXPECT_TRUE(admit(share("<r>" + repeated(1'000'000, [](std::size_t) { return "&amp;\n"; }) + "</r>"), none));
  EXPECT_TRUE(admit(share("<r>" + repeated(300'000, [](std::size_t) { return "<![CDATA[]]><!---->"; }) + "</r>"), none));
  EXPECT_FALSE(admit(share(repeated(20'000, [](std::size_t) { return "<a b='" + std::string(480, '"'); }))));
  EXPECT_TRUE(admit(share("<" + std::string(16 << 20, 'n') + "/>"), none));
  EXPECT_TRUE(admit(share("<a b='" + std::string(16 << 20, 'v') + "'/>"), none));
}

TEST(Limits, X18_APayloadInsideSpendsWhatTheEnvelopeLeft) {
  limits whole;
  whole.elements = 10;
  const document outer = admitted("<e><b/><data>&lt;a>&lt;b/>&lt;/a></data></e>", whole);
  EXPECT_EQ(outer.used().elements, 3U);
  const limits rest = remaining(whole, outer.used());
  EXPECT_EQ(rest.elements, 7U);
  EXPECT_TRUE(admit(share("<a><b/><b/><b/><b/><b/><b/></a>"), rest));
  expect_refused("<a><b/><b/><b/><b/><b/><b/><b/></a>", problems::xml_limit, rest);
  const usage much{100, 1'000'000, 5000};
  EXPECT_EQ(remaining(rest, much).elements, 0U);
  EXPECT_EQ(remaining(rest, much).attributes, 0U);
  EXPECT_EQ(remaining(rest, much).comments_and_instructions, 0U);
}

TEST(Limits, X18_APayloadInsideMeetsTheSameDoor) {
  const document escaped = admitted("<e><data>&lt;!DOCTYPE a>&lt;a/></data></e>");
  expect_refused(text_of(escaped.root().first_child()), problems::xml_doctype, remaining({}, escaped.used()));
  const document cdata = admitted("<e><data><![CDATA[<p:a/>]]></data></e>");
  expect_refused(text_of(cdata.root().first_child()), problems::xml_not_well_formed, remaining({}, cdata.used()));
}

}  // namespace
}  // namespace shep::xml
