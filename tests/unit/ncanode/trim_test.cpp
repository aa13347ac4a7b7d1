#include "ncanode/trim.hpp"

#include "core/bytes.hpp"
#include "xml/document.hpp"

#include <gtest/gtest.h>

namespace shep::ncanode {
namespace {

TEST(Trim, TakesTextOfWhiteSpaceAlone) {
  EXPECT_EQ(trim_white_space("<?xml version=\"1.0\"?>\n<a>\n <b> x </b>\t<c>  </c>\r\n</a>\n"),
            "<?xml version=\"1.0\"?><a><b> x </b><c></c></a>");
}

TEST(Trim, CountsReferencesAsWhatTheyStandFor) {
  EXPECT_EQ(trim_white_space("<a>&#13;\n&#x20;<b>&#9;1</b>&#33;</a>"), "<a><b>&#9;1</b>&#33;</a>");
  EXPECT_EQ(trim_white_space("<a>&#xA0;</a>"), "<a>&#xA0;</a>");
  EXPECT_EQ(trim_white_space("<a>&amp;</a>"), "<a>&amp;</a>");
}

TEST(Trim, LeavesMarkupAlone) {
  const std::string text = "<a b=\" > \" c='<x> '><!-- > \n --><![CDATA[ ]]> y<?p  ?></a>";
  EXPECT_EQ(trim_white_space(text), text);
}

TEST(Trim, GivesBackWhatIsStillTheSameDocument) {
  const std::string text = "<a>\n <b x='1'> <c/> \n </b> <!-- c --> </a>";
  const auto trimmed = xml::admit(share(trim_white_space(text)));
  ASSERT_TRUE(trimmed);
  EXPECT_EQ(trimmed->used().elements, xml::admit(share(text)).value().used().elements);
}

TEST(Trim, EndsOnTextThatIsNotXml) {
  for (const char* text : {"<", "<!--", "<a b=\"", "&#", "&#x;", "<![CDATA[", "<?", "x", "", "&#99999999999;"}) trim_white_space(text);
}

}  // namespace
}  // namespace shep::ncanode
