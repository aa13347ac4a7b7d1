#include "xml/extent.hpp"

#include <gtest/gtest.h>

namespace shep::xml {
namespace {

std::string cut(const document& d, std::size_t begin, std::size_t end) { return d.source()->substr(begin, end - begin); }

TEST(Extent, NamesTheOctetsOfAnElementAndItsInside) {
  const auto d = admit(share("\xEF\xBB\xBF<?xml version='1.0'?><!-- <b> --><a>\n <b x='>'>t<c/></b> <b/></a><!-- </a> -->")).value();
  const auto children = d.root().children();
  const extent first = extent_of(d, children[0]).value();
  EXPECT_EQ(cut(d, first.begin, first.end), "<b x='>'>t<c/></b>");
  EXPECT_EQ(cut(d, first.inner_begin, first.inner_end), "t<c/>");
  EXPECT_FALSE(first.empty_tag);
  const extent second = extent_of(d, children[1]).value();
  EXPECT_EQ(cut(d, second.begin, second.end), "<b/>");
  EXPECT_TRUE(second.empty_tag);
  const extent root = extent_of(d, d.root()).value();
  EXPECT_EQ(cut(d, root.inner_end, root.end), "</a>");
}

TEST(Extent, TellsAnEmptyTagFromAnEmptyElement) {
  const auto d = admit(share("<a></a>")).value();
  const extent e = extent_of(d, d.root()).value();
  EXPECT_FALSE(e.empty_tag);
  EXPECT_EQ(e.inner_begin, 3u);
  EXPECT_EQ(e.inner_end, 3u);
  EXPECT_EQ(e.end, 7u);
}

TEST(Extent, RefusesUtf16) {
  const std::string text("\xFF\xFE<\0a\0/\0>\0", 10);
  const auto d = admit(share(text)).value();
  EXPECT_FALSE(extent_of(d, d.root()));
}

}  // namespace
}  // namespace shep::xml
