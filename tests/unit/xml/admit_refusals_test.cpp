#include "unit/xml/support.hpp"

namespace shep::xml {
namespace {

using namespace std::string_literals;

TEST(Admit, X01_RefusesEveryDoctypeInEveryEncoding) {
  const std::string documents[] = {
      "<!DOCTYPE a><a/>",
      "<!DOCTYPE a []><a/>",
      "<!DOCTYPE a SYSTEM 'a.dtd'><a/>",
      "<!DOCTYPE a PUBLIC 'x' 'y'><a/>",
      "<?xml version='1.0'?><!-- c --><?p?>\n<!DOCTYPE a [<!ELEMENT a ANY>]><a/>",
      "\xef\xbb\xbf<!DOCTYPE a><a/>",
      "<!DOCTYPE",
      "<!DOCTYPE>",
      "<!DOCTYPE a [",
      "<!DOCTYPE a [<!ENTITY x 'y'",
      "<!doctype html><html/>",
      "<!DOCTYPE html PUBLIC><html/>",
  };
  for (const std::string& text : documents) {
    expect_refused(text, problems::xml_doctype);
    if (!text.starts_with("\xef")) {
      expect_refused(utf16("\xff\xfe", text, true), problems::xml_doctype);
      expect_refused(utf16("\xfe\xff", text, false), problems::xml_doctype);
    }
  }
}

TEST(Admit, X01_RefusesAHugeRowOfDoctypesWithoutReadingItTwice) {
  std::string text;
  for (int i = 0; i < 200'000; ++i) text += "<!DOCTYPE a [";
  expect_refused(text, problems::xml_doctype);
}

TEST(Admit, X01_AcceptsTheWordDoctypeInCommentsInstructionsAndCdata) {
  EXPECT_TRUE(admit(share("<!--<!DOCTYPE a>--><?p <!DOCTYPE a>?><a><![CDATA[<!DOCTYPE a>]]></a>")));
  expect_refused("<!--<!DOCTYPE a>--><a", problems::xml_not_well_formed);
  expect_refused("<?p <!DOCTYPE a>", problems::xml_not_well_formed);
}

TEST(Admit, X02_RefusesEveryEntityBomb) {
  std::string laughs = "<!DOCTYPE l [<!ENTITY a0 'lol'>";
  for (int i = 1; i < 20; ++i) {
    laughs += "<!ENTITY a" + std::to_string(i) + " '";
    for (int k = 0; k < 10; ++k) laughs += "&a" + std::to_string(i - 1) + ";";
    laughs += "'>";
  }
  expect_refused(laughs + "]><l>&a19;</l>", problems::xml_doctype);
  expect_refused("<!DOCTYPE a [<!ENTITY % p SYSTEM 'http://127.0.0.1:9/x.dtd'>%p;]><a/>", problems::xml_doctype);
  expect_refused("<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/hostname'>]><a>&e;</a>", problems::xml_doctype);
  expect_refused("<!DOCTYPE a SYSTEM 'http://127.0.0.1:9/x.dtd'><a/>", problems::xml_doctype);
  std::string quadratic = "<!DOCTYPE a [<!ENTITY e '" + std::string(50'000, 'x') + "'>]><a>";
  for (int i = 0; i < 50'000; ++i) quadratic += "&e;";
  expect_refused(quadratic + "</a>", problems::xml_doctype);
}

TEST(Admit, X03_RefusesUndefinedEntities) {
  expect_refused("<a>&foo;</a>", problems::xml_not_well_formed);
  expect_refused("<a b='&foo;'/>", problems::xml_not_well_formed);
  expect_refused("<?xml version='1.0' standalone='no'?><a>&foo;</a>", problems::xml_not_well_formed);
  expect_refused("<!DOCTYPE a [<!ATTLIST a id ID #IMPLIED b CDATA 'x'>]><a id='1'/>", problems::xml_doctype);
  expect_refused("<a>%foo;&</a>", problems::xml_not_well_formed);
}

TEST(Admit, X04_RefusesReferencesToForbiddenCharacters) {
  for (const char* reference : {"&#0;", "&#x0;", "&#1;", "&#x1F;", "&#11;", "&#xD800;", "&#xDFFF;", "&#xFFFE;", "&#xFFFF;", "&#x110000;",
                                "&#4294967361;", "&#x100000041;", "&#99999999999999999999;", "&#;", "&#x;", "&#-1;", "&#X41;", "&# 65;"}) {
    expect_refused("<a>x"s + reference + "y</a>", problems::xml_not_well_formed);
    expect_refused("<a b=\"x"s + reference + "y\"/>", problems::xml_not_well_formed);
  }
  EXPECT_EQ(text_of(admitted("<a>&#65;&#x10FFFF;&#xD7FF;</a>").root()), "A\xf4\x8f\xbf\xbf\xed\x9f\xbf");
}

TEST(Admit, X05_RefusesForbiddenOctets) {
  const std::string pieces[] = {"\0"s,
                                "\x01",
                                "\x0b",
                                "\x1f",
                                "\xef\xbf\xbe",
                                "\xef\xbf\xbf",
                                "\xc0\x80",
                                "\xc1\xbf",
                                "\xe0\x80\x80",
                                "\xf0\x80\x80\x80",
                                "\xed\xa0\x80",
                                "\xed\xbf\xbf",
                                "\xf4\x90\x80\x80",
                                "\xff",
                                "\xfe",
                                "\x80",
                                "\xc3"};
  for (const std::string& piece : pieces) {
    expect_refused("<a>x" + piece + "y</a>", problems::xml_not_well_formed);
    expect_refused("<a b='x" + piece + "y'/>", problems::xml_not_well_formed);
    expect_refused("<a><!--" + piece + "--></a>", problems::xml_not_well_formed);
    expect_refused("<a><![CDATA[" + piece + "]]></a>", problems::xml_not_well_formed);
    expect_refused("<a><?p " + piece + "?></a>", problems::xml_not_well_formed);
  }
  expect_refused("<a>\xd0", problems::xml_not_well_formed);
  expect_refused("<a/>\0"s, problems::xml_not_well_formed);
  expect_refused("\xff\xfe<\0a\0>\0\0\xd8<\0/\0a\0>\0"s, problems::xml_not_well_formed);
  expect_refused("\xff\xfe<\0a\0/\0>"s, problems::xml_not_well_formed);
}

TEST(Admit, X05_NamesTheOctetThatIsNotUtf8) {
  const auto refused = admit(share("<a>\xcf\xf0</a>"));
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().detail.find("0xcf"), std::string::npos) << refused.error().detail;
  EXPECT_EQ(refused.error().where, "line 1, column 4, byte 3");
}

TEST(Admit, X07_RefusesAttributesThatStandTwice) {
  expect_refused("<a b='1' b='2'/>", problems::xml_not_well_formed);
  expect_refused("<a xmlns:p='u' xmlns:q='u' p:i='1' q:i='2'/>", problems::xml_not_well_formed);
  expect_refused("<r xmlns:p='u'><a xmlns:q='u' p:i='1' q:i='2'/></r>", problems::xml_not_well_formed);
  expect_refused("<a xmlns='u' xmlns='v'/>", problems::xml_not_well_formed);
  expect_refused("<a xmlns:p='u' xmlns:p='u'/>", problems::xml_not_well_formed);
  EXPECT_TRUE(admit(share("<a xmlns='u' xmlns:p='u' p:i='1' i='2'/>")));
}

TEST(Admit, X08_RefusesWrongNamespaces) {
  for (const char* text :
       {"<p:a/>", "<a p:b='1'/>", "<a xmlns:p=''/>", "<a xmlns:xml='u'/>", "<a xmlns:p='http://www.w3.org/XML/1998/namespace'/>",
        "<a xmlns='http://www.w3.org/XML/1998/namespace'/>", "<a xmlns:xmlns='u'/>", "<a xmlns:p='http://www.w3.org/2000/xmlns/'/>",
        "<a xmlns='http://www.w3.org/2000/xmlns/'/>", "<xmlns:a/>", "<a xmlns:p='u'><p:b:c/></a>", "<p: xmlns:p='u'/>", "<:a/>",
        "<a :b='1'/>", "<a xmlns:='u'/>", "<a xmlns:p='u' p:='1'/>", "<a><b xmlns:p='u'/><p:c/></a>"}) {
    expect_refused(text, problems::xml_not_well_formed);
  }
  EXPECT_TRUE(admit(share("<a xmlns:xml='http://www.w3.org/XML/1998/namespace' xml:lang='kk'/>")));
}

TEST(Admit, X09_RefusesWhatIsNotOneElement) {
  for (const char* text : {"", " ", "\xef\xbb\xbf", "text", "<a/><b/>", "<a/>text", "text<a/>", "<a/><a/>", "<!--c-->", "<a>", "</a>",
                           "<a></b>", "<a><b></a></b>", "<a/>&#32;", "<![CDATA[x]]><a/>", "<a/><![CDATA[]]>"}) {
    expect_refused(text, problems::xml_not_well_formed);
  }
}

TEST(Admit, X09_RefusesMalformedMarkup) {
  for (const char* text : {" <?xml version='1.0'?><a/>",
                           "<a/><?xml version='1.0'?>",
                           "<a><?xml version='1.0'?></a>",
                           "<a><?XML x?></a>",
                           "<?Xml x?><a/>",
                           "<a><!-- a -- b --></a>",
                           "<a><!----->x</a>",
                           "<a><!-->x</a>",
                           "<a>]]></a>",
                           "<a b='<'/>",
                           "<a b='1'c='2'/>",
                           "<a b=1/>",
                           "<a b/>",
                           "<a b='1/>",
                           "< a/>",
                           "<a / >",
                           "<a></a b='1'>",
                           "<a></ a>",
                           "<1a/>",
                           "<a 1b=''/>",
                           "<a>&</a>",
                           "<a>&amp</a>",
                           "<a><</a>",
                           "<a><?p",
                           "<a><!--",
                           "<a><![CDATA[x]]",
                           "<a><![cdata[x]]></a>",
                           "<a><!ELEMENT b ANY></a>",
                           "<?xml?><a/>",
                           "<?xml encoding='UTF-8'?><a/>",
                           "<?xml version='1.0' version='1.0'?><a/>",
                           "<?xml version='1.0' encoding=''?><a/>",
                           "<?xml version='1.0' standalone='maybe'?><a/>",
                           "<?xml version='1.0' encoding='UTF-8' x='y'?><a/>",
                           "<? p?><a/>"}) {
    const auto refused = admit(share(text));
    EXPECT_FALSE(refused) << text;
  }
}

// U+0131 and U+1F600: a letter of the fourth edition too, and one of the fifth only.
TEST(Admit, X09_NamesKeepToTheFourthEditionOfXml) {
  EXPECT_TRUE(admit(share("<\xd0\xb8\xd0\xb8\xd0\xbd \xd3\x99='1' \xc4\xb1='2'/>")));
  expect_refused("<\xf0\x9f\x98\x80/>", problems::xml_not_well_formed);
  expect_refused("<a\xc4\xb2/>", problems::xml_not_well_formed);
}

TEST(Admit, X10_RefusesOtherVersionsOfXml) {
  for (const char* version : {"1.1", "1.2", "2.0", "1.00", "01.0"}) {
    expect_refused("<?xml version='"s + version + "'?><a/>", problems::xml_version);
  }
  expect_refused("<?xml version='1.1'?><!DOCTYPE a><a/>", problems::xml_version);
}

}  // namespace
}  // namespace shep::xml
