#include "core/bytes.hpp"

#include <gtest/gtest.h>

namespace shep {
namespace {

TEST(Base64, RoundTripsEveryLength) {
  for (std::size_t n = 0; n < 70; ++n) {
    std::string bytes;
    for (std::size_t i = 0; i < n; ++i) bytes += static_cast<char>(i * 37 + n);
    EXPECT_EQ(from_base64(to_base64(bytes)).value(), bytes) << n;
  }
}

TEST(Base64, MatchesTheExamplesOfRfc4648) {
  EXPECT_EQ(to_base64(""), "");
  EXPECT_EQ(to_base64("f"), "Zg==");
  EXPECT_EQ(to_base64("fo"), "Zm8=");
  EXPECT_EQ(to_base64("foo"), "Zm9v");
  EXPECT_EQ(to_base64("foobar"), "Zm9vYmFy");
}

TEST(Base64, SkipsXmlWhiteSpace) { EXPECT_EQ(from_base64(" Zm9v\r\n\tYmFy ").value(), "foobar"); }

TEST(Base64, S37_RefusesWhatIsNotCanonical) {
  for (const char* text : {"Zg=", "Zg", "Z", "Zh==", "Zm9=", "Zg==Zg==", "Zm9v!", "=Zm9", "Zg=a", "Zm9v====", "===="}) {
    const auto decoded = from_base64(text);
    ASSERT_FALSE(decoded) << text;
    EXPECT_EQ(decoded.error().code, problems::bad_base64) << text;
  }
}

TEST(Hex, RoundTripsAndRefusesOtherText) {
  EXPECT_EQ(to_hex(std::string("\x00\xff\x10", 3)), "00ff10");
  EXPECT_EQ(from_hex("00FF10").value(), std::string("\x00\xff\x10", 3));
  EXPECT_FALSE(from_hex("0"));
  EXPECT_FALSE(from_hex("0g"));
}

TEST(Utf8, IsTakenOnlyWhenWellFormed) {
  for (const char* good : {"", "a", "\xD2\xAE", "\xE2\x82\xAC", "\xF0\x9F\x98\x80", "\xF4\x8F\xBF\xBF", "\xED\x9F\xBF"})
    EXPECT_TRUE(is_utf8(good)) << good;
  for (const char* bad :
       {"\xFF", "\x80", "\xC0\x80", "\xC2", "\xE0\x80\x80", "\xED\xA0\x80", "\xF0\x80\x80\x80", "\xF4\x90\x80\x80", "\xE2\x82"})
    EXPECT_FALSE(is_utf8(bad)) << bad;
}

TEST(ConstantTime, ComparesContents) {
  EXPECT_TRUE(equal_constant_time("abc", "abc"));
  EXPECT_FALSE(equal_constant_time("abc", "abd"));
  EXPECT_FALSE(equal_constant_time("abc", "ab"));
}

}  // namespace
}  // namespace shep
