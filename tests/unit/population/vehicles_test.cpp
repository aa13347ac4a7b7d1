#include "mocks/population/vehicles.hpp"

#include <gtest/gtest.h>

namespace shep::population {
namespace {

TEST(Plates, TellTheirOwnerAndAreOfRegionsThatDoNotExist) {
  for (const owner_kind kind : {owner_kind::person, owner_kind::company}) {
    for (std::uint64_t key = 0; key < 400'000'000; key += 1'234'567) {
      const plate_owner owner{kind, key};
      const std::string plate = plate_of(owner);
      ASSERT_TRUE(is_test_plate(plate)) << plate;
      EXPECT_GE(plate.substr(6), kind == owner_kind::person ? "30" : "60");
      EXPECT_EQ(owner_of_plate(plate), owner) << plate;
    }
  }
}

TEST(Plates, OfRealRegionsAndOfPersonasHaveNoComputedOwner) {
  for (const char* text :
       {"123ABC01", "123ABC20", "123ABC29", "901TST90", "123ABC91", "123AB30", "ABC12330", "123abc30", "", "123ABC300", "123ABЯ0"})
    EXPECT_FALSE(owner_of_plate(text)) << text;
  EXPECT_TRUE(is_test_plate("901TST90"));
  EXPECT_FALSE(is_test_plate("901TST20"));
}

TEST(Vin, HasTheCheckDigitThatEverybodyComputes) {
  // The two known answers: all ones, and the example of textbooks.
  EXPECT_EQ(vin_check_digit("11111111111111111"), '1');
  EXPECT_EQ(vin_check_digit("1M8GDM9A_KP042788"), std::nullopt);
  EXPECT_EQ(vin_check_digit("1M8GDM9A0KP042788"), 'X');
  for (const char* wrong : {"", "1111111111111111", "111111111111111111", "1111111111111111O", "1111111111111111I", "1111111111111111q"})
    EXPECT_EQ(vin_check_digit(wrong), std::nullopt) << wrong;
}

TEST(Vin, OfDifferentOwnersDiffer) {
  EXPECT_NE(vin_of({owner_kind::person, 1}), vin_of({owner_kind::company, 1}));
  EXPECT_NE(vin_of({owner_kind::person, 365'249'999}), vin_of({owner_kind::person, 65'249'999}));
  EXPECT_EQ(vin_of({owner_kind::person, 1}).size(), 17U);
}

}  // namespace
}  // namespace shep::population
