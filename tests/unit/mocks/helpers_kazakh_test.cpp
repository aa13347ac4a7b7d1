#include "mocks/engine/workday.hpp"
#include "mocks/population/identifiers.hpp"
#include "support.hpp"

#include <set>

namespace shep::mocks::testing {
namespace {

std::string shown(const std::string& source) {
  const world w;
  return rendered(source, request(), w);
}

TEST(Workday, LeavesOutWeekendsAndHolidays) {
  // 2030-01-02 is a Wednesday and a holiday.
  EXPECT_EQ(shown("{{workday}}"), "2030-01-03");
  EXPECT_EQ(shown("{{workday offset='1'}}"), "2030-01-03");
  EXPECT_EQ(shown("{{workday offset='3'}}"), "2030-01-08") << "the 5th and 6th are a weekend, the 7th is Christmas";
  EXPECT_EQ(shown("{{workday offset='-1'}}"), "2029-12-31");
  EXPECT_EQ(shown("{{workday offset=2 from='2030-03-20' format='dd.MM.yyyy'}}"), "26.03.2030") << "Nauryz takes three days";
  EXPECT_EQ(shown("{{workday from='2030-06-05T23:30:00+05:00'}}"), "2030-06-05");
  EXPECT_EQ(shown("{{workday from='2030-06-05T23:30:00Z' timezone='+05:00'}}"), "2030-06-06");
}

TEST(Workday, A09TheWayIsBounded) {
  for (const char* wrong : {"{{workday offset='1001'}}", "{{workday offset='-1001'}}", "{{workday offset='x'}}", "{{workday from='soon'}}"})
    EXPECT_NE(shown(wrong).find("mocks.template_value"), std::string::npos) << wrong;
  EXPECT_EQ(shown("{{workday offset='1000' from='2026-01-05'}}").size(), 10u);
}

TEST(Numbers, AreValidAndBelongToNobody) {
  const world w;
  const request r;
  std::set<std::string> seen;
  for (int i = 0; i < 200; ++i) {
    const auto iin = rendered("{{iin birthDate=''}}", r, w);
    EXPECT_TRUE(population::is_valid_iin(iin) && population::is_test_iin(iin)) << iin;
    const auto bin = rendered("{{bin registered=''}}", r, w);
    EXPECT_TRUE(population::is_valid_bin(bin) && population::is_test_bin(bin)) << bin;
    seen.insert(iin);
    seen.insert(bin);
  }
  EXPECT_GT(seen.size(), 390u);
  EXPECT_EQ(rendered("{{substring (iin birthDate='2001-02-03') 0 7}}", r, w), "0102030");
  EXPECT_EQ(rendered("{{substring (bin registered='2001-02-03') 0 6}}", r, w), "010290");
  EXPECT_EQ(rendered("{{#with (person iin='900101000017')}}{{iin}}{{#with iin as |iin|}} {{iin}}{{/with}}{{/with}}", r, w),
            "900101000017 900101000017")
      << "a member of that name is not the helper";
  EXPECT_NE(rendered("{{iin birthDate='x'}}", r, w).find("mocks.template_value"), std::string::npos);
}

}  // namespace
}  // namespace shep::mocks::testing
