#include "unit/xml/support.hpp"
#include "xml/escape.hpp"

namespace shep::xml {
namespace {

TEST(Text, X13_ReadsTheWholeTextAcrossCommentsInstructionsAndCdata) {
  for (const char* value :
       {"admin<!-- -->.evil", "admin<?p?>.evil", "admin<![CDATA[.evil]]>", "<![CDATA[admin]]>.evil", "<![CDATA[admin]]><![CDATA[.evil]]>",
        "<!--x-->admin.evil", "admin.evil<!--x-->", "adm<!---->in<!---->.evil", "&#97;dmin.evil", "admin<b>x</b>.evil"}) {
    EXPECT_EQ(text_of(admitted(std::string("<iin>") + value + "</iin>").root()), "admin.evil") << value;
  }
}

TEST(Text, X13_RefusesAnInterruptedToken) {
  for (const char* value : {"admin<!-- -->.evil", "admin<?p?>.evil", "admin<![CDATA[.evil]]>", "<![CDATA[admin]]>", "<!--x-->admin",
                            "admin<!--x-->", "admin<b/>", "<b>x</b>", "<!--x-->"}) {
    const document d = admitted(std::string("<r><iin>") + value + "</iin></r>");
    const auto token = token_of(d.root().first_child());
    ASSERT_FALSE(token) << value;
    EXPECT_EQ(token.error().code, problems::xml_mixed_value);
    EXPECT_EQ(token.error().where, "/r[1]/iin[1]");
  }
}

TEST(Text, ReadsTokensOfOneText) {
  EXPECT_EQ(token_of(admitted("<a> x&amp;&#10;y </a>").root()).value(), " x&\ny ");
  EXPECT_EQ(token_of(admitted("<a></a>").root()).value(), "");
}

TEST(Text, TrimsXmlWhiteSpaceOnly) {
  EXPECT_EQ(trimmed(" \t\r\n a b \n"), "a b");
  EXPECT_EQ(trimmed(" \n"), "");
  EXPECT_EQ(trimmed("\xc2\xa0x\v"), "\xc2\xa0x\v");
}

TEST(Text, TellsHowContentWasWritten) {
  const auto form = [](const std::string& content) { return form_of(admitted("<a>" + content + "</a>").root()); };
  EXPECT_EQ(form(""), content_form::empty);
  EXPECT_EQ(form("<!--c-->"), content_form::empty);
  EXPECT_EQ(form("x"), content_form::text);
  EXPECT_EQ(form(" "), content_form::text);
  EXPECT_EQ(form("&lt;b/>"), content_form::text);
  EXPECT_EQ(form("<![CDATA[x]]>"), content_form::cdata);
  EXPECT_EQ(form(" <![CDATA[x]]>y"), content_form::cdata);
  EXPECT_EQ(form("\n <b/> <!--c--> <b/>\n"), content_form::elements);
  EXPECT_EQ(form("x<b/>"), content_form::mixed);
  EXPECT_EQ(form("<b/><![CDATA[ ]]>"), content_form::mixed);
}

TEST(Escape, WritesCanonicalTextAndAttributes) {
  EXPECT_EQ(escaped("a&b<c>d\re\"f'\n\t"), "a&amp;b&lt;c&gt;d&#xD;e\"f'\n\t");
  std::string value;
  append_attribute_value(value, "a&b<c>d\re\"f'\n\t");
  EXPECT_EQ(value, "a&amp;b&lt;c>d&#xD;e&quot;f'&#xA;&#x9;");
  EXPECT_EQ(escaped(""), "");
}

TEST(Escape, RoundTripsEveryCharacterThroughTheDoor) {
  std::string all;
  for (char c = ' '; c != '\x7f'; ++c) all += c;
  all += "\t\n\r\xd0\xb9\xf0\x9f\x98\x80\x7f";
  std::string document_text = "<a b=\"";
  append_attribute_value(document_text, all);
  document_text += "\">" + escaped(all) + "</a>";
  const document d = admitted(document_text);
  EXPECT_EQ(text_of(d.root()), all);
  EXPECT_EQ(d.root().attribute_value({"", "b"}), all);
  EXPECT_EQ(canonical(d, {}), document_text);
}

}  // namespace
}  // namespace shep::xml
