#include "unit/xml/support.hpp"

namespace shep::xml {
namespace {

using namespace std::string_literals;

void expect_encoding_refused(const std::string& text, std::string_view named, std::string_view charset = {}) {
  const auto refused = admit(share(text), {}, charset);
  ASSERT_FALSE(refused) << text;
  EXPECT_EQ(refused.error().code, problems::xml_encoding) << describe(refused.error());
  EXPECT_NE(refused.error().detail.find(named), std::string::npos) << refused.error().detail << " should name " << named;
}

TEST(Encoding, X06_AcceptsUtf8InEverySpelling) {
  for (const char* label : {"utf-8", "UTF-8", "Utf-8"}) {
    const std::string text = "<?xml version='1.0' encoding='"s + label + "'?><a>\xd0\x9d</a>";
    EXPECT_EQ(text_of(admitted(text).root()), "\xd0\x9d");
    EXPECT_EQ(text_of(admitted("\xef\xbb\xbf" + text).root()), "\xd0\x9d");
  }
  EXPECT_EQ(text_of(admitted("\xef\xbb\xbf<a>\xd0\x9d</a>").root()), "\xd0\x9d");
}

TEST(Encoding, X06_AcceptsUtf16WithAByteOrderMark) {
  for (const std::string& declaration :
       {""s, "<?xml version='1.0'?>"s, "<?xml version='1.0' encoding='UTF-16'?>"s, "<?xml version='1.0' encoding='utf-16'?>"s}) {
    EXPECT_EQ(text_of(admitted(utf16("\xff\xfe", declaration + "<a>x</a>", true)).root()), "x");
    EXPECT_EQ(text_of(admitted(utf16("\xfe\xff", declaration + "<a>x</a>", false)).root()), "x");
  }
  EXPECT_EQ(text_of(admitted("\xff\xfe<\0a\0>\0\x1d\x04=\xd8\0\xde<\0/\0a\0>\0"s).root()), "\xd0\x9d\xf0\x9f\x98\x80");
}

TEST(Encoding, X05_RefusesSurrogatesThatAreNoPair) {
  const std::string high = "=\xd8"s, low = "\0\xde"s, letter = "\0\xd7"s;
  for (const std::string& text : {high + letter, high, low, low + high, high + high + low, high + low + low}) {
    expect_refused("\xff\xfe<\0a\0>\0\n\0"s + text + "<\0/\0a\0>\0"s, problems::xml_not_well_formed);
    const auto refused = admit(share("\xff\xfe<\0a\0>\0\n\0"s + text + "<\0/\0a\0>\0"s));
    EXPECT_EQ(refused.error().where.substr(0, 7), "line 2,") << describe(refused.error());
  }
  expect_refused("\xfe\xff\0<\0a\0>\xd8=\xd7\0\0<\0/\0a\0>"s, problems::xml_not_well_formed);
  expect_refused("\xff\xfe<\0a\0/\0>\0x"s, problems::xml_not_well_formed);
}

TEST(Encoding, X06_RefusesWideEncodingsWithoutAMark) {
  expect_encoding_refused(utf16("", "<a/>", true), "UTF-16LE without a byte order mark");
  expect_encoding_refused(utf16("", "<a/>", false), "UTF-16BE without a byte order mark");
  expect_encoding_refused("\xff\xfe\0\0<\0\0\0a\0\0\0/\0\0\0>\0\0\0"s, "UTF-32LE");
  expect_encoding_refused("\0\0\xfe\xff\0\0\0<\0\0\0a\0\0\0/\0\0\0>"s, "UTF-32BE");
  expect_encoding_refused("<\0\0\0a\0\0\0/\0\0\0>\0\0\0"s, "UTF-32LE");
  expect_encoding_refused("\0\0\0<\0\0\0a\0\0\0/\0\0\0>"s, "UTF-32BE");
  expect_encoding_refused("\x4c\x6f\xa7\x94\x93", "EBCDIC");
}

TEST(Encoding, X06_RefusesAndNamesOtherDeclaredEncodings) {
  for (const char* label : {"windows-1251", "KOI8-R", "iso-8859-1", "US-ASCII", "UTF-7", "UTF-32", "UCS-2", "UTF8", "x-unknown"}) {
    expect_encoding_refused("<?xml version='1.0' encoding='"s + label + "'?><a/>", label);
  }
  expect_encoding_refused("<?xml version='1.0' encoding='"s + std::string(100'000, 'x') + "'?><a/>", "xxx...");
}

TEST(Encoding, X06_RefusesAMarkThatContradictsTheDeclaration) {
  expect_encoding_refused("\xef\xbb\xbf<?xml version='1.0' encoding='iso-8859-1'?><a/>", "iso-8859-1");
  expect_encoding_refused("\xef\xbb\xbf<?xml version='1.0' encoding='UTF-16'?><a/>", "UTF-16");
  expect_encoding_refused("<?xml version='1.0' encoding='UTF-16'?><a/>", "UTF-16");
  expect_encoding_refused(utf16("\xff\xfe", "<?xml version='1.0' encoding='UTF-8'?><a/>", true), "UTF-8");
  expect_encoding_refused(utf16("\xff\xfe", "<?xml version='1.0' encoding='UTF-16BE'?><a/>", true), "UTF-16BE");
  expect_encoding_refused(utf16("\xfe\xff", "<?xml version='1.0' encoding='UTF-16LE'?><a/>", false), "UTF-16LE");
}

TEST(Encoding, X06_RefusesATransportThatContradictsTheText) {
  const std::string plain = "<?xml version='1.0' encoding='UTF-8'?><a/>";
  EXPECT_TRUE(admit(share(plain), {}, "utf-8"));
  EXPECT_TRUE(admit(share(plain), {}, "UTF-8"));
  EXPECT_TRUE(admit(share("<a/>"), {}, ""));
  EXPECT_TRUE(admit(share(utf16("\xff\xfe", "<a/>", true)), {}, "utf-16"));
  expect_encoding_refused(plain, "windows-1251", "windows-1251");
  expect_encoding_refused("<a/>", "iso-8859-1", "iso-8859-1");
  expect_encoding_refused(plain, "utf-16", "utf-16");
  expect_encoding_refused(utf16("\xff\xfe", "<a/>", true), "utf-8", "utf-8");
  expect_encoding_refused(utf16("\xff\xfe", "<a/>", true), "utf-16be", "utf-16be");
}

}  // namespace
}  // namespace shep::xml
