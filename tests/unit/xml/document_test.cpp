#include "unit/xml/support.hpp"

namespace shep::xml {
namespace {

constexpr const char* letter =
    "<?xml version=\"1.0\"?>\n<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\" xmlns=\"urn:d\">\n  <s:Body id=\"1\" "
    "s:id=\"2\" "
    "xml:lang=\"kk\">\n    <item/><item xmlns=\"\"><x:part xmlns:x=\"urn:x\" x:id=\"3\"/></item><!--c--><item>t</item>\n  "
    "</s:Body>\n</s:Envelope>";

TEST(Document, KnowsNamesByNamespace) {
  const document d = admitted(letter);
  const element root = d.root();
  EXPECT_EQ(root.local_name(), "Envelope");
  EXPECT_EQ(root.prefix(), "s");
  EXPECT_EQ(root.namespace_uri(), ns::soap11);
  EXPECT_TRUE(root.is({ns::soap11, "Envelope"}));
  EXPECT_FALSE(root.is({ns::soap12, "Envelope"}));
  EXPECT_FALSE(root.is({ns::soap11, "Body"}));
  EXPECT_FALSE(root.parent());
  const element body = root.child({ns::soap11, "Body"});
  ASSERT_TRUE(body);
  EXPECT_EQ(body.parent(), root);
  const auto items = body.children();
  ASSERT_EQ(items.size(), 3U);
  EXPECT_EQ(items[0].namespace_uri(), "urn:d");
  EXPECT_EQ(items[1].namespace_uri(), "");
  EXPECT_EQ(body.children({"urn:d", "item"}).size(), 2U);
  EXPECT_EQ(items[1].first_child().namespace_uri(), "urn:x");
  EXPECT_EQ(items[0].next_sibling(), items[1]);
  EXPECT_FALSE(items[2].next_sibling());
  EXPECT_EQ(items[2].xpath(), "/s:Envelope[1]/s:Body[1]/item[3]");
}

TEST(Document, KnowsAttributesByNamespace) {
  const document d = admitted(letter);
  const element body = d.root().first_child();
  EXPECT_EQ(body.attribute_value({"", "id"}), "1");
  EXPECT_EQ(body.attribute_value({ns::soap11, "id"}), "2");
  EXPECT_EQ(body.attribute_value({ns::xml, "lang"}), "kk");
  EXPECT_EQ(body.attribute_value({"urn:d", "id"}), std::nullopt);
  EXPECT_EQ(body.attribute_value({"", "lang"}), std::nullopt);
  EXPECT_EQ(d.root().attribute_value({"", "xmlns"}), std::nullopt);
  EXPECT_TRUE(d.root().attributes().empty());
  const auto all = body.attributes();
  ASSERT_EQ(all.size(), 3U);
  EXPECT_EQ(all[1].space, ns::soap11);
  EXPECT_EQ(all[1].prefix, "s");
  EXPECT_EQ(all[2].space, ns::xml);
}

TEST(Document, ResolvesPrefixes) {
  const document d = admitted(letter);
  const element part = d.root().first_child().first_child().next_sibling().first_child();
  EXPECT_EQ(part.resolve_prefix("x"), "urn:x");
  EXPECT_EQ(part.resolve_prefix("s"), ns::soap11);
  EXPECT_EQ(part.resolve_prefix(""), "");
  EXPECT_EQ(part.resolve_prefix("xml"), ns::xml);
  EXPECT_EQ(part.resolve_prefix("unknown"), "");
  EXPECT_EQ(d.root().resolve_prefix(""), "urn:d");
}

TEST(Document, WalksInDocumentOrderBelowAnApex) {
  const document d = admitted("<a><b><c/></b><d/><e><f/></e></a>");
  std::string order;
  for (element at = d.root(); at; at = at.next_in_document(d.root())) order += at.local_name();
  EXPECT_EQ(order, "abcdef");
  const element b = d.root().first_child();
  EXPECT_EQ(b.next_in_document(b).local_name(), "c");
  EXPECT_FALSE(b.first_child().next_in_document(b));
  EXPECT_FALSE(d.root().first_child().next_sibling().next_in_document(d.root().first_child().next_sibling()));
}

TEST(Document, ANullElementAnswersNothing) {
  const element nothing;
  EXPECT_FALSE(nothing);
  EXPECT_EQ(nothing.local_name(), "");
  EXPECT_EQ(nothing.namespace_uri(), "");
  EXPECT_FALSE(nothing.is({"", ""}));
  EXPECT_FALSE(nothing.parent());
  EXPECT_FALSE(nothing.first_child());
  EXPECT_FALSE(nothing.next_sibling());
  EXPECT_FALSE(nothing.next_in_document(nothing));
  EXPECT_TRUE(nothing.children().empty());
  EXPECT_EQ(nothing.attribute_value({"", "a"}), std::nullopt);
  EXPECT_EQ(nothing.xpath(), "");
  EXPECT_EQ(text_of(nothing), "");
  EXPECT_FALSE(document().root());
  EXPECT_EQ(*document().source(), "");
}

TEST(Document, KeepsItsSource) {
  const shared_bytes bytes = share("<a/>");
  const auto d = admit(bytes);
  ASSERT_TRUE(d);
  EXPECT_EQ(d->source(), bytes);
}

TEST(Document, StaysWholeWhenMoved) {
  document d = admitted("<a><b>short</b></a>");
  const element b = d.root().first_child();
  document moved = std::move(d);
  document assigned;
  assigned = std::move(moved);
  EXPECT_EQ(text_of(b), "short");
  EXPECT_EQ(assigned.root().first_child(), b);
}

TEST(Document, ReportsWhereAStartTagBegins) {
  const document d = admitted(letter);
  const position root = d.position_of(d.root());
  EXPECT_EQ(root.line, 2U);
  EXPECT_EQ(root.column, 1U);
  EXPECT_EQ(root.offset, 22U);
  const position body = d.position_of(d.root().first_child());
  EXPECT_EQ(body.line, 3U);
  EXPECT_EQ(body.column, 3U);
  EXPECT_EQ(d.source()->substr(body.offset, 7), "<s:Body");
  EXPECT_EQ(d.position_of({}).line, 0U);
}

TEST(Document, CountsColumnsInCharactersAndOffsetsInOctets) {
  const document d = admitted("<a>\xd0\x9d\xd0\x9d<b/></a>");
  const position b = d.position_of(d.root().first_child());
  EXPECT_EQ(b.column, 6U);
  EXPECT_EQ(b.offset, 7U);
}

TEST(Document, TheRefusalSaysWhere) {
  const auto refused = admit(share("<a>\n  <b></c>\n</a>"));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().where, "line 2, column 8, byte 11");
  EXPECT_EQ(
      describe(refused.error()).find("xml.not_well_formed: the text is not well-formed XML: the end tag does not match its start tag"), 0U);
}

}  // namespace
}  // namespace shep::xml
