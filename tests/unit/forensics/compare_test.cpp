#include "forensics/compare.hpp"

#include "unit/forensics/planted.hpp"

namespace shep::forensics {
namespace {

using namespace test;

bool says(const comparison& c, std::string_view part) {
  return std::any_of(c.words.begin(), c.words.end(), [&](const std::string& w) { return w.find(part) != std::string::npos; });
}

TEST(CompareCanonical, EqualOctetsAreEqual) {
  const auto c = compare_canonical("<a></a>", "<a></a>");
  EXPECT_TRUE(c.equal);
  EXPECT_TRUE(c.words.empty());
}

TEST(CompareCanonical, FirstDifferenceIsShownInBothWindows) {
  const auto c = compare_canonical("<a>0123456789abcdefXrest</a>", "<a>0123456789abcdefYrest</a>");
  EXPECT_FALSE(c.equal);
  EXPECT_EQ(c.offset, 19u);
  EXPECT_EQ(c.ours.begin, 3u);
  EXPECT_EQ(c.ours.text, "0123456789abcdefXrest</a>");
  EXPECT_TRUE(c.theirs.hex.starts_with("30 31 32")) << c.theirs.hex;
  EXPECT_TRUE(says(c, "The text differs"));
  EXPECT_NE(to_text(c).find("offset 19"), std::string::npos);
}

TEST(CompareCanonical, WhatDiffersIsSaidInWords) {
  EXPECT_TRUE(says(compare_canonical("<a><b></b></a>", "<a>\n  <b></b>\n</a>"), "Only white space differs"));
  EXPECT_TRUE(says(compare_canonical("<a>\n</a>", "<a>\r\n</a>"), "Only line ends differ"));
  EXPECT_TRUE(says(compare_canonical("<a>&#xD;\n</a>", "<a>\n</a>"), "Only line ends differ"));
  EXPECT_TRUE(says(compare_canonical("<a></a>", "<a></a>\n"), "line end more at its end"));
  EXPECT_TRUE(says(compare_canonical("<a></a>", "\xEF\xBB\xBF<a></a>"), "byte order mark"));
  EXPECT_TRUE(says(compare_canonical("<a></a>", "<?xml version=\"1.0\"?><a></a>"), "XML declaration"));
  EXPECT_TRUE(
      says(compare_canonical("<a xmlns:p=\"urn:p\"></a>", "<a></a>"), "A namespace declaration stands only in ours: xmlns:p=\"urn:p\""));
  EXPECT_TRUE(says(compare_canonical("<a></a>", "<a b=\"c\"></a>"), "An attribute stands only in theirs: b=\"c\""));
  EXPECT_TRUE(says(compare_canonical("<a b=\"1\" c=\"2\"></a>", "<a c=\"2\" b=\"1\"></a>"), "in another order"));
  EXPECT_TRUE(says(compare_canonical("<a>Ы</a>", "<a>\xDB</a>"), "windows-1251"));
  EXPECT_TRUE(says(compare_canonical("<a>Ы</a>", "<a>Р«</a>"), "Theirs is double-encoded: it was read as windows-1251"));
  EXPECT_TRUE(says(compare_canonical("<a></a>", ""), "Theirs is empty"));
}

/// Line and column of a piece of text, counted by hand.
xml::position counted(const std::string& text, std::size_t offset) {
  xml::position p{1, 1, offset};
  for (std::size_t i = 0; i < offset; ++i) {
    if (text[i] == '\n') ++p.line, p.column = 1;
    else if ((static_cast<unsigned char>(text[i]) & 0xC0) != 0x80) ++p.column;
  }
  return p;
}

mapped_canonical mapped_form(const xml::document& d) {
  mapped_canonical m;
  m.document = &d;
  xml::c14n_options o;
  o.marks = &m.marks;
  xml::string_sink sink;
  EXPECT_TRUE(xml::canonicalize(d.root(), o, sink));
  m.octets = sink.text;
  return m;
}

TEST(CompareCanonical, EveryOctetOfATextLeadsToItsPlaceInTheSource) {
  const std::string source =
      "<a>\r\n  <b x='1'  y=\"2\">Ә &amp; &#1044;A<!-- no --><![CDATA[<c>&]]> tail</b>\r\n  <d/>after<e>last</e>\n</a>";
  const auto d = admitted(source);
  const mapped_canonical m = mapped_form(d);
  const auto check = [&](const std::string& in_canonical, const std::string& in_source, std::size_t into, const std::string& what) {
    const std::size_t offset = m.octets.find(in_canonical);
    ASSERT_NE(offset, std::string::npos) << in_canonical << m.octets;
    const auto place = place_of(m, offset + into);
    ASSERT_TRUE(place.has_value());
    const xml::position expected = counted(source, source.find(in_source) + into);
    EXPECT_EQ(place->position.line, expected.line) << in_canonical;
    EXPECT_EQ(place->position.column, expected.column) << in_canonical;
    EXPECT_EQ(place->what, what) << in_canonical;
  };
  check("<b x=", "<b x=", 0, "start tag");
  check("Ә &amp;", "Ә &amp;", 0, "text");
  check("&amp;", "&amp;", 0, "text");
  check("Д", "&#1044;", 0, "text");
  check("&lt;c&gt;", "<c>", 0, "text");
  check(" tail", " tail", 1, "text");
  check("after", "after", 2, "text");
  check("last", "last", 0, "text");
  check("<e>", "<e>", 0, "start tag");
  check("</b>", "</b>", 0, "end tag");
  check("</a>", "</a>", 0, "end tag");
}

TEST(CompareCanonical, MarksAreWhereElementsAre) {
  const auto d = admitted("<a><b>x</b><c/></a>");
  const mapped_canonical m = mapped_form(d);
  ASSERT_EQ(m.marks.size(), 6u);
  const std::vector<std::pair<std::size_t, bool>> expected = {{0, true}, {3, true}, {11, false}, {11, true}, {18, false}, {22, false}};
  for (std::size_t i = 0; i < expected.size(); ++i) {
    EXPECT_EQ(m.marks[i].offset, expected[i].first) << i;
    EXPECT_EQ(m.marks[i].begins, expected[i].second) << i;
  }
}

TEST(CompareCanonical, ReferenceOfAReportIsFoundAgain) {
  const std::string text = signed_with(draft{}.text(), hand_of(family::rsa), {});
  const explained e = explain_text(text, layout::wsse_a);
  const mapped_canonical m = canonical_of(*e.document, e.report, 0, 0);
  ASSERT_FALSE(m.octets.empty());
  EXPECT_EQ(to_base64(crypto::digest(digest_algorithm::sha256, m.octets)), e.report.signatures[0].references[0].declared);
  std::string theirs = m.octets;
  theirs.replace(theirs.find("DEMO"), 4, "DEMI");
  const auto c = compare_canonical(m, theirs);
  ASSERT_TRUE(c.place.has_value());
  EXPECT_TRUE(c.place->xpath.ends_with("/serviceId[1]")) << c.place->xpath;
  EXPECT_EQ(c.place->position.column, text.find("DEMO") + 3 + 1);
  EXPECT_TRUE(canonical_of(*e.document, e.report, 0, 1).octets.empty());
  EXPECT_TRUE(canonical_of(*e.document, e.report, 1, 0).octets.empty());
  EXPECT_TRUE(canonical_signed_info(*e.document, e.report, 0).octets.starts_with("<ds:SignedInfo "));
}

}  // namespace
}  // namespace shep::forensics
