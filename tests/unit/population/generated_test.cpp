#include "mocks/population/country.hpp"
#include "mocks/population/identifiers.hpp"
#include "mocks/population/kinship.hpp"
#include "mocks/population/text.hpp"
#include "unit/population/fields.hpp"
#include "unit/population/sample.hpp"

#include <algorithm>
#include <set>

#include <boost/json.hpp>
#include <gtest/gtest.h>

namespace shep::population {
namespace {

namespace json = boost::json;
using test::code;
using test::numbers_of_companies;
using test::numbers_of_people;
using test::text;

const country& generated() {
  static const country one = country::shipped({true, 7});
  return one;
}

TEST(GeneratedPeople, AreTheSameInEveryCountryOfOneSeed) {
  const country again = country::shipped({true, 7});
  const country other = country::shipped({true, 8});
  std::size_t different = 0;
  for (const std::string& iin : numbers_of_people(500)) {
    const json::object person = generated().person(iin).value();
    EXPECT_EQ(person, again.person(iin).value());
    different += person != other.person(iin).value() ? 1 : 0;
  }
  EXPECT_GT(different, 450U) << "another seed is another country";
}

TEST(GeneratedPeople, DoNotChangeFromReleaseToRelease) {
  const json::object person = generated().person("900101000018").value();
  EXPECT_EQ(text(person, "surname") + " " + text(person, "name") + " " + text(person, "patronymic"), "ГОРНОВА ЕЛЕНА МАКСИМОВНА");
}

TEST(GeneratedPeople, LeaveTheCuratedOnesAlone) {
  const country plain = country::shipped();
  for (const persona& p : plain.personas()) {
    EXPECT_EQ(plain.person(p.number), generated().person(p.number));
    EXPECT_EQ(plain.organization(p.number), generated().organization(p.number));
  }
}

TEST(GeneratedPeople, TenThousandAgreeWithEachOtherEverywhere) {
  std::size_t married = 0, with_father = 0, parents = 0, dead = 0;
  std::set<std::string> names;
  for (const std::string& iin : numbers_of_people(10000)) {
    const auto found = generated().person(iin);
    ASSERT_TRUE(found) << iin;
    const json::object& person = *found;
    ASSERT_EQ(text(person, "iin"), iin);
    const std::string birth = text(person, "birthDate");
    ASSERT_EQ(birth.substr(2, 2) + birth.substr(5, 2) + birth.substr(8, 2), iin.substr(0, 6));
    names.insert(text(person, "surname") + text(person, "name") + text(person, "patronymic"));
    if (code(person, "lifeStatus") == "1") {
      ++dead;
      ASSERT_GT(text(person, "deathDate"), birth) << iin;
      ASSERT_LT(text(person, "deathDate"), "2026") << iin;
      ASSERT_EQ(text(person, "consent"), "NOT_FOUND");
    }
    for (const auto& d : person.at("documents").as_array()) {
      const json::object& document = d.as_object();
      ASSERT_EQ(generated().person_by_document(text(document, "number")), iin);
      ASSERT_GT(text(document, "beginDate"), birth);
      ASSERT_LT(text(document, "beginDate"), text(document, "endDate"));
      ASSERT_EQ(text(document, "birthDate"), birth);
    }
    const json::object& family = person.at("family").as_object();
    if (const std::string spouse = text(family, "spouse"); !spouse.empty()) {
      ++married;
      const json::object other = generated().person(spouse).value();
      ASSERT_EQ(text(other.at("family").as_object(), "spouse"), iin);
      ASSERT_NE(code(other, "gender"), code(person, "gender"));
      ASSERT_EQ(other.at("family").at("children"), family.at("children"));
      ASSERT_EQ(text(other.at("regAddress").as_object(), "arCode"), text(person.at("regAddress").as_object(), "arCode")) << "one home";
    }
    if (const std::string father = text(family, "father"); !father.empty()) {
      ++with_father;
      const json::object other = generated().person(father).value();
      const auto& children = other.at("family").at("children").as_array();
      ASSERT_NE(std::find(children.begin(), children.end(), json::value(iin)), children.end()) << iin;
      ASSERT_EQ(text(other.at("family").as_object(), "spouse"), text(family, "mother"));
      ASSERT_TRUE(text(person, "surname").starts_with(text(other, "surname"))) << iin;
      ASSERT_EQ(code(other, "gender"), "1");
    }
    for (const auto& child : family.at("children").as_array()) {
      ++parents;
      const json::object other = generated().person(child.as_string()).value();
      ASSERT_EQ(text(other.at("family").as_object(), code(person, "gender") == "1" ? "father" : "mother"), iin);
    }
  }
  EXPECT_GT(married, 3000U);
  EXPECT_GT(with_father, 1500U);
  EXPECT_GT(parents, 1500U);
  EXPECT_GT(dead, 300U);
  EXPECT_GT(names.size(), 5000U);
}

TEST(GeneratedPeople, AreFoundByTheirNameAndBirthDate) {
  for (const std::string& iin : numbers_of_people(20)) {
    const json::object person = generated().person(iin).value();
    const auto found =
        generated().find_persons(text(person, "surname"), text(person, "name"), text(person, "patronymic"), text(person, "birthDate"));
    EXPECT_NE(std::find(found.begin(), found.end(), iin), found.end()) << iin;
    for (const std::string& each : found) EXPECT_EQ(text(*generated().person(each), "birthDate"), text(person, "birthDate"));
    EXPECT_LE(generated().find_persons(text(person, "surname"), "", "", text(person, "birthDate")).size(), country::most_found);
  }
}

TEST(GeneratedPeople, NeverAnswerForNumbersOfRealLife) {
  std::size_t tried = 0;
  for (const char century : {'1', '2', '3', '4', '5', '6', '7', '8', '9'}) {
    for (int serial = 0; serial < 100; ++serial) {
      std::string number = "900101";
      number += century;
      number += std::to_string(1000 + serial);
      const auto last = check_digit(number);
      if (!last) continue;
      ++tried;
      EXPECT_FALSE(generated().person(number + *last)) << number;
    }
  }
  EXPECT_GT(tried, 800U);
  EXPECT_TRUE(is_valid_iin("991231990176"));
  EXPECT_FALSE(generated().person("991231990176")) << "the nobody of the demonstration";
  EXPECT_FALSE(generated().person("900101000019")) << "wrong check digit";
  EXPECT_FALSE(generated().person_by_document("012345678"));
  EXPECT_FALSE(generated().person_by_document("999999999"));
  EXPECT_FALSE(generated().person_by_document("99999999999999999999999999"));
  EXPECT_FALSE(generated().person_by_document("-60000000"));
}

TEST(GeneratedCompanies, AThousandHaveLivingLeadersAndOlderFounders) {
  std::size_t with_company = 0, branches = 0, liquidated = 0;
  std::set<std::size_t> founders;
  for (const std::string& bin : numbers_of_companies(1000)) {
    const auto found = generated().organization(bin);
    if (!found) {
      EXPECT_TRUE(bin[5] != '0' && bin.starts_with("9101")) << "only a branch of the first month has nobody to belong to: " << bin;
      continue;
    }
    const json::object& company = *found;
    ASSERT_EQ(text(company, "bin"), bin);
    ASSERT_EQ(company, generated().organization(bin).value());
    const std::string registered = text(company, "registrationDate");
    ASSERT_EQ(registered.substr(2, 2) + registered.substr(5, 2), bin.substr(0, 4));
    liquidated += code(company, "regStatus") == "2" ? 1 : 0;
    const json::object& leader = company.at("leader").as_object();
    const json::object own = generated().person(text(leader, "iin")).value();
    ASSERT_EQ(text(leader, "surname"), text(own, "surname"));
    ASSERT_EQ(code(own, "lifeStatus"), "0");
    ASSERT_LT(std::stoi(text(own, "birthDate").substr(0, 4)) + 24, std::stoi(registered.substr(0, 4))) << bin;
    for (const auto& f : company.at("foundersFL").as_array())
      ASSERT_EQ(text(f.as_object(), "name"), text(*generated().person(text(f.as_object(), "iin")), "name"));
    for (const auto& f : company.at("foundersUL").as_array()) {
      ++with_company;
      const json::object founder = generated().organization(text(f.as_object(), "bin")).value();
      ASSERT_LT(text(founder, "registrationDate"), registered);
      ASSERT_EQ(text(founder, "fullNameRu"), text(f.as_object(), "fullNameRu"));
      ASSERT_EQ(code(founder, "orgForm"), "1");
    }
    founders.insert(company.at("foundersFL").as_array().size());
    if (bin[5] != '0') {
      ++branches;
      const json::object head = generated().organization(text(company.at("headOrganization").as_object(), "bin")).value();
      ASSERT_LT(text(head, "registrationDate"), registered);
    }
  }
  EXPECT_EQ(founders, (std::set<std::size_t>{0, 1, 2}));
  EXPECT_GT(with_company, 50U);
  EXPECT_GT(branches, 50U);
  EXPECT_GT(liquidated, 20U);
}

TEST(GeneratedCompanies, LeaveANumberForNobody) {
  EXPECT_TRUE(is_test_bin("901290900017"));
  EXPECT_FALSE(generated().organization("901290900017"));
}

TEST(GeneratedCompanies, NeverAnswerForNumbersOfRealLife) {
  for (const char* start : {"10014000001", "10015000001", "10016000001", "50019000001", "10019300001"}) {
    const auto last = check_digit(start);
    ASSERT_TRUE(last);
    EXPECT_FALSE(generated().organization(std::string(start) + *last)) << start;
  }
}

TEST(Text, CapitalsCoverTheKazakhLetters) {
  EXPECT_EQ(to_upper("әғқңөұүһі ёж abc Я1"), "ӘҒҚҢӨҰҮҺІ ЁЖ ABC Я1");
  EXPECT_EQ(to_upper("\xD0"), "\xD0");
  EXPECT_EQ(to_upper(std::string("\xD0\xD0\xD0\xB0", 4)), std::string("\xD0\xD0\xD0\x90", 4));
}

TEST(Text, LatinSpellingCoversTheKazakhLetters) { EXPECT_EQ(to_latin("ӘҒҚҢӨҰҮҺІ ЁЩ-X"), "AGKNOUUHI YOSHCH-X"); }

TEST(Kinship, DatesRoundTrip) {
  EXPECT_EQ(date_of(0), "1926-01-01");
  EXPECT_EQ(date_of(days_counted - 1), "2025-12-31");
  for (std::int32_t day = 0; day < days_counted; day += 13) ASSERT_EQ(day_of(date_of(day)), day);
  for (const char* date : {"", "1925-12-31", "2026-01-01", "1990-02-30", "1990-1-01", "19900101", "199x-01-01", "1990-13-01", "1990-00-00"})
    EXPECT_FALSE(day_of(date)) << date;
}

TEST(Kinship, PlacesAndNumbersRoundTrip) {
  for (std::int32_t day = 0; day < days_counted; day += 101) {
    const birth b{day, day * 31 % serials_a_day};
    const auto iin = iin_of(b);
    if (!iin) continue;
    ASSERT_EQ(birth_of(*iin), b);
  }
}

}  // namespace
}  // namespace shep::population
