#include "mocks/population/identifiers.hpp"

#include <gtest/gtest.h>

namespace shep::population {
namespace {

// Computed by hand: 8·1+5·2+0·3+3·4+1·5+5·6+0·7+9·8+0·9+0·10+1·11 = 148, 148 mod 11 = 5.
TEST(CheckDigit, ComesFromTheFirstRowOfWeights) { EXPECT_EQ(check_digit("85031509001"), '5'); }

// First row: 0·1+0·2+0·3+0·4+0·5+0·6+0·7+0·8+0·9+1·10+0·11 = 10, so the second row decides: 1·1 = 1.
TEST(CheckDigit, ComesFromTheSecondRowWhenTheFirstGivesTen) { EXPECT_EQ(check_digit("00000000010"), '1'); }

// First row 50 + 5·… = 10 modulo 11, second row 10 as well.
TEST(CheckDigit, IsAbsentForNumbersThatAreNotIssued) { EXPECT_EQ(check_digit("05069090004"), std::nullopt); }

TEST(CheckDigit, IsAbsentForAnythingButElevenDigits) {
  for (const char* text : {"", "8503150900", "850315090015", "8503150900a", "8503150900 ", "-5031509001", "８503150900"})
    EXPECT_FALSE(check_digit(text)) << text;
}

TEST(Iin, IsValidWithADateAndTheRightCheckDigit) {
  EXPECT_TRUE(is_valid_iin("850315090015"));
  EXPECT_FALSE(is_valid_iin("850315090016")) << "wrong check digit";
  EXPECT_FALSE(is_valid_iin("85031509001"));
  EXPECT_FALSE(is_valid_iin("8503150900155"));
  EXPECT_FALSE(is_valid_iin(" 850315090015"));
  EXPECT_FALSE(is_valid_iin(""));
}

TEST(Iin, IsInvalidWithADateThatDoesNotExist) {
  const auto with_check_digit = [](std::string text) { return text + check_digit(text).value_or('x'); };
  EXPECT_FALSE(is_valid_iin(with_check_digit("85131509001"))) << "month 13";
  EXPECT_FALSE(is_valid_iin(with_check_digit("85001509001"))) << "month 0";
  EXPECT_FALSE(is_valid_iin(with_check_digit("85033209001"))) << "day 32";
  EXPECT_FALSE(is_valid_iin(with_check_digit("85043109002"))) << "31 April";
  EXPECT_FALSE(is_valid_iin(with_check_digit("85022909001"))) << "29 February 1985";
  EXPECT_TRUE(is_valid_iin(with_check_digit("84022909001"))) << "29 February 1984";
}

TEST(Iin, OfTheSimulatorHasACenturyDigitThatIsNeverIssued) {
  EXPECT_TRUE(is_test_iin("850315090015"));
  for (const char century : {'1', '2', '3', '4', '5', '6'}) {
    std::string real = "850315X0901";
    real[6] = century;
    const auto last = check_digit(real);
    if (!last) continue;
    real += *last;
    EXPECT_TRUE(is_valid_iin(real)) << real;
    EXPECT_FALSE(is_test_iin(real)) << real;
  }
}

TEST(Bin, IsValidWithAMonthAndTheRightCheckDigit) {
  EXPECT_TRUE(is_valid_bin("250290900027"));
  EXPECT_FALSE(is_valid_bin("250290900028"));
  EXPECT_FALSE(is_valid_bin("25029090002"));
  std::string month_13 = "25139090002";
  month_13 += *check_digit(month_13);
  EXPECT_FALSE(is_valid_bin(month_13));
}

TEST(Bin, OfTheSimulatorHasAKindOfEntityThatIsNeverUsed) {
  EXPECT_TRUE(is_test_bin("250290900027"));
  for (const char kind : {'4', '5', '6'}) {
    std::string real = "2502X090002";
    real[4] = kind;
    const auto last = check_digit(real);
    if (!last) continue;
    real += *last;
    EXPECT_TRUE(is_valid_bin(real)) << real;
    EXPECT_FALSE(is_test_bin(real)) << real;
  }
}

}  // namespace
}  // namespace shep::population
