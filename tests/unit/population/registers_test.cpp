#include "mocks/population/country.hpp"
#include "mocks/population/identifiers.hpp"
#include "mocks/population/kinship.hpp"
#include "mocks/population/problems.hpp"
#include "mocks/population/vehicles.hpp"
#include "unit/population/fields.hpp"
#include "unit/population/sample.hpp"

#include <algorithm>
#include <cstdio>
#include <map>

#include <boost/json.hpp>
#include <gtest/gtest.h>

namespace shep::population {
namespace {

namespace json = boost::json;
using test::code;
using test::text;
using test::walk;

const country& everyone() {
  static const country one = country::shipped({true, 11});
  return one;
}

json::value registers_of(std::string_view number) {
  auto record = everyone().person(number);
  if (!record) record = everyone().organization(number);
  return record ? record->at("registers") : json::value();
}

/// Curated people, and generated ones spread over the calendar and all serials.
std::vector<std::string> people(std::size_t generated) {
  std::vector<std::string> numbers;
  for (const persona& p : everyone().personas()) {
    if (p.is_person) numbers.push_back(p.number);
  }
  for (std::string& number : test::numbers_of_people(generated)) numbers.push_back(std::move(number));
  return numbers;
}

/// README.md, "Nobody here exists".
bool is_made_up(std::string_view number) {
  constexpr unsigned char cyrillic = 0xD0;
  const bool letters = static_cast<unsigned char>(number[0]) == cyrillic || static_cast<unsigned char>(number[0]) == cyrillic + 1;
  return letters || is_test_plate(number) || number.starts_with("073Т") || number.starts_with("TS") ||
         (number.starts_with("97") && number.size() == 14);
}

void expect_wedding_agrees(const std::string& iin, const json::value& event, std::string_view list) {
  const json::value theirs = registers_of(text(event, "with")).at("civil").at(list);
  const auto& events = theirs.as_array();
  const auto same = std::find_if(events.begin(), events.end(), [&](const json::value& other) { return text(other, "with") == iin; });
  ASSERT_NE(same, events.end()) << iin;
  EXPECT_EQ(text(*same, "act"), text(event, "act")) << iin;
  EXPECT_EQ(text(*same, "actDate"), text(event, "actDate")) << iin;
}

TEST(Registers, TenThousandPeopleAreTheSameEverywhere) {
  std::map<std::string, std::size_t> seen;
  for (const std::string& iin : people(10000)) {
    const json::object person = everyone().person(iin).value();
    const json::value& held = person.at("registers");
    walk(held, [&](std::string_view field, const json::value& value) {
      if (!value.is_string()) return;
      const std::string number(value.get_string());
      for (const std::string_view somebody : {"father", "mother", "with", "guardian", "ward", "recipient"}) {
        if (field == somebody) {
          EXPECT_TRUE(everyone().person(number)) << iin << " " << field;
        }
      }
      if (field == "bin") {
        EXPECT_TRUE(everyone().organization(number)) << iin;
      }
      if (field == "number") {
        EXPECT_TRUE(is_made_up(number)) << number;
        EXPECT_EQ(everyone().person_by_document(number), iin) << number;
      }
    });
    const json::value& civil = held.at("civil");
    const json::value& family = person.at("family");
    EXPECT_EQ(text(civil.at("birth"), "father"), text(family, "father")) << iin;
    EXPECT_EQ(text(civil.at("birth"), "mother"), text(family, "mother")) << iin;
    const auto& marriages = civil.at("marriages").as_array();
    const auto& divorces = civil.at("divorces").as_array();
    if (const std::string spouse = text(family, "spouse"); !spouse.empty()) {
      ASSERT_EQ(marriages.size(), divorces.size() + 1) << iin;
      EXPECT_EQ(text(marriages.back(), "with"), spouse);
    } else {
      EXPECT_EQ(marriages.size(), divorces.size()) << iin;
    }
    for (const auto& event : marriages) expect_wedding_agrees(iin, event, "marriages");
    for (const auto& event : divorces) {
      expect_wedding_agrees(iin, event, "divorces");
      EXPECT_GE(text(event, "actDate"), text(marriages.front(), "actDate")) << iin;
      ++seen["divorced"];
    }
    if (code(person, "lifeStatus") == "1") {
      ++seen["dead"];
      EXPECT_FALSE(held.as_object().contains("driverLicence")) << iin;
      continue;
    }
    if (const auto* licence = held.as_object().if_contains("driverLicence")) {
      ++seen["drivers"];
      EXPECT_GT(text(*licence, "issued"), text(person, "birthDate"));
      EXPECT_LT(text(*licence, "issued"), text(*licence, "expires"));
      EXPECT_EQ(code(*licence, "state") == "2", !held.at("restrictions").as_array().empty()) << iin << ": deprived for a reason";
    }
    if (const auto* exam = held.as_object().if_contains("examination")) {
      EXPECT_EQ(exam->at("allowed").to_number<int>(), exam->at("used").to_number<int>() + exam->at("left").to_number<int>()) << iin;
      EXPECT_EQ(exam->at("attempts").as_array().size(), exam->at("used").to_number<std::size_t>()) << iin;
    }
    const json::value& social = held.at("social");
    EXPECT_EQ(social.at("income").at("below").as_bool(),
              std::stoi(text(social.at("income"), "perHead")) < std::stoi(text(social.at("income"), "subsistence")));
    if (const auto* assistance = social.as_object().if_contains("assistance")) {
      ++seen["assisted"];
      EXPECT_TRUE(social.at("income").at("below").as_bool()) << iin;
      const json::value theirs = registers_of(text(*assistance, "recipient"));
      EXPECT_EQ(theirs.at("social").at("assistance"), *assistance) << iin << ": one household, one decision";
    }
    if (const auto* ward = held.at("guardianship").as_object().if_contains("ward")) {
      ++seen["wards"];
      const json::value guardian = registers_of(text(*ward, "guardian"));
      const auto& wards = guardian.at("guardianship").at("wards").as_array();
      EXPECT_TRUE(std::any_of(wards.begin(), wards.end(), [&](const auto& w) { return text(w, "ward") == iin; })) << iin;
    }
    for (const auto& ward : held.at("guardianship").at("wards").as_array()) {
      ++seen["guardians"];
      EXPECT_EQ(text(registers_of(text(ward, "ward")).at("guardianship").at("ward"), "guardian"), iin);
    }
    if (const auto* place = held.at("education").as_object().if_contains("enrolment")) {
      ++seen["students"];
      EXPECT_EQ(text(*place, "fullNameRu"), text(everyone().organization(text(*place, "bin")).value(), "fullNameRu"));
    }
    seen["diplomas"] += held.at("education").at("diplomas").as_array().size();
    for (const auto& vehicle : held.at("vehicles").as_array()) {
      EXPECT_EQ(everyone().person_by_document(text(vehicle, "number")), iin);
      EXPECT_EQ(vin_check_digit(text(vehicle, "vin")), text(vehicle, "vin")[8]) << iin;
      EXPECT_TRUE(text(vehicle, "vin").starts_with("00T")) << iin;
    }
    const auto& duties = held.at("duties").as_array();
    for (const auto& duty : duties) EXPECT_EQ(text(duty, "amount"), "4915") << iin << ": the payment service knows this one only";
    EXPECT_LE(duties.size(), 1U) << iin << ": a number has room for one";
    for (const auto& duty : duties) EXPECT_EQ(text(duty, "number"), "ТБ-" + iin);
    const auto& standing = held.at("standing").as_object();
    EXPECT_EQ(standing.contains("dutyOpen"), !duties.empty() && code(duties.front(), "state") != "2") << iin;
    if (const auto* exam = held.as_object().if_contains("examination")) {
      EXPECT_EQ(standing.at("attemptsLeft").as_object().contains("now"), exam->at("left").to_number<int>() > 0) << iin;
      // The examination service has no further step for them.
      const bool fails = exam->as_object().contains("failsTheory") || exam->as_object().contains("failsPractice");
      EXPECT_TRUE(!fails || exam->at("left").to_number<int>() == 2) << iin;
    }
    for (const std::string_view list : {"vehicles", "restrictions", "dispensary", "duties", "printJobs", "requests"})
      seen[std::string(list)] += held.at(list).as_array().size();
  }
  for (const auto& [what, least] : std::map<std::string, std::size_t>{{"drivers", 2000},
                                                                      {"vehicles", 1000},
                                                                      {"divorced", 200},
                                                                      {"dead", 300},
                                                                      {"assisted", 50},
                                                                      {"wards", 5},
                                                                      {"guardians", 5},
                                                                      {"students", 500},
                                                                      {"diplomas", 1000},
                                                                      {"restrictions", 20},
                                                                      {"dispensary", 20},
                                                                      {"duties", 2000},
                                                                      {"printJobs", 2000},
                                                                      {"requests", 2000}})
    EXPECT_GE(seen[what], least) << what;
}

TEST(Registers, AThousandCompaniesHaveHeadsWhoArePeopleAndLicencesOfTheirOwn) {
  std::size_t companies = 0, licences = 0, producers = 0, vehicles = 0;
  for (int i = 0; companies < 1000; ++i) {
    char start[16];
    std::snprintf(start, sizeof start, "%02d%02d90%05d", (92 + i % 33) % 100, i % 12 + 1, i * 6151 % 100000);
    const auto last = check_digit(start);
    if (!last) continue;
    const std::string bin = std::string(start) + *last;
    const auto company = everyone().organization(bin);
    if (!company) continue;
    ++companies;
    EXPECT_TRUE(everyone().person(text(company->at("leader"), "iin"))) << bin;
    const json::value& held = company->at("registers");
    for (const auto& licence : held.at("licences").as_array()) {
      ++licences;
      EXPECT_EQ(everyone().person_by_document(text(licence, "number")), bin);
      EXPECT_EQ(code(licence, "state") == "3", code(*company, "regStatus") == "2") << bin << ": a liquidated company has no licence";
    }
    for (const auto& vehicle : held.at("vehicles").as_array()) {
      ++vehicles;
      EXPECT_EQ(everyone().person_by_document(text(vehicle, "number")), bin);
      EXPECT_EQ(vin_check_digit(text(vehicle, "vin")), text(vehicle, "vin")[8]) << bin;
    }
    producers += held.as_object().contains("producer") ? 1U : 0U;
  }
  EXPECT_GT(vehicles, 100U);
  EXPECT_GT(licences, 100U);
  EXPECT_GT(producers, 50U);
}

TEST(Registers, AreTheSameInEveryCountryOfOneSeed) {
  const country again = country::shipped({true, 11});
  const country other = country::shipped({true, 12});
  std::size_t different = 0;
  for (const std::string& iin : people(200)) {
    EXPECT_EQ(everyone().person(iin)->at("registers"), again.person(iin)->at("registers"));
    different += everyone().person(iin)->at("registers") != other.person(iin)->at("registers") ? 1U : 0U;
  }
  EXPECT_GT(different, 150U);
}

TEST(Registers, HaveAPersonaForEveryEndOfEveryProcedure) {
  std::string labels;
  for (const persona& p : everyone().personas()) labels += p.label + "\n";
  for (const char* wanted : {"may get a first driving licence",
                             "already holds a driving licence",
                             "article 608 part 6",
                             "article 613 part 9",
                             "no medical certificate",
                             "073/у expired",
                             "unfit to drive",
                             "narcologist",
                             "psychiatrist",
                             "no certificate of a driving school",
                             "school revoked",
                             "no attempts left",
                             "duty unpaid",
                             "paid and reversed",
                             "the officer decides against",
                             "licence: qualifies",
                             "does not qualify",
                             "licence suspended",
                             "licence stopped",
                             "activity listed",
                             "activity not listed",
                             "not in the register",
                             "entry in the register has ended",
                             "receives targeted social assistance",
                             "orphan under guardianship",
                             "foster care",
                             "with a disability",
                             "below the subsistence level",
                             "no ground for free meals",
                             "not enrolled",
                             "liquidated college",
                             "duplicate issued",
                             "no education document",
                             "liquidated company",
                             "certificate that is revoked"})
    EXPECT_NE(labels.find(wanted), std::string::npos) << wanted;
}

TEST(Registers, OfCuratedPeopleAndCompaniesHaveNumbersThatAreMadeUp) {
  std::size_t numbers = 0;
  for (const persona& p : everyone().personas()) {
    walk(registers_of(p.number), [&](std::string_view field, const json::value& value) {
      if (field != "number" || !value.is_string()) return;
      ++numbers;
      EXPECT_TRUE(is_made_up(value.get_string())) << value.get_string();
    });
  }
  EXPECT_GT(numbers, 100U);
}

constexpr std::string_view small = R"({"dictionaries": {"gender": {"1": ["М", "Е"]}, "nationality": {"005": ["К", "Қ"]},
  "citizenship": {"398": ["К", "Қ"]}, "lifeStatus": {"0": ["Ж", "Т"]}},
  "persons": [{"persona": "one", "iin": "850315090015", "surname": "Ү", "name": "Ә", "birthDate": "1985-03-15", "gender": "1",
  "nationality": "005", "citizenship": "398", "lifeStatus": "0", "consent": "VALID", "birthPlace": {}, "documents": [], "addresses": [],
  "family": {"children": []}}], "organizations": [])";

TEST(Registers, OfNobodyAreRefused) {
  const auto load = [](const std::string& rest) { return country::load(std::string(small) + rest + "}"); };
  EXPECT_TRUE(load(""));
  const auto stranger = load(R"(, "registers": {"870821090027": {}})");
  ASSERT_FALSE(stranger);
  EXPECT_EQ(stranger.error().code, problems::dangling_reference);
  EXPECT_EQ(stranger.error().where, "/registers/870821090027");
  const auto guardian = load(R"(, "registers": {"850315090015": {"guardianship": {"ward": {"guardian": "870821090027"}, "wards": []}}})");
  ASSERT_FALSE(guardian);
  EXPECT_EQ(guardian.error().code, problems::dangling_reference);
  EXPECT_EQ(guardian.error().where, "/persons/850315090015/registers/guardianship/ward/guardian");
  const auto school = load(R"(, "registers": {"850315090015": {"education": {"enrolment": {"bin": "250290900027"}}}})");
  ASSERT_FALSE(school);
  EXPECT_EQ(school.error().where, "/persons/850315090015/registers/education/enrolment/bin");
}

TEST(Registers, AreJoinedFromSeveralFiles) {
  const std::string first = std::string(small) + "}";
  const auto both =
      country::load(std::vector<std::string_view>{first, R"({"registers": {"850315090015": {"driverLicence": {"number": "TS-1"}}}})"});
  ASSERT_TRUE(both);
  EXPECT_EQ(both->person_by_document("TS-1"), "850315090015");
  const auto twice = country::load(std::vector<std::string_view>{first, R"({"dictionaries": {"gender": {}}})"});
  ASSERT_FALSE(twice);
  EXPECT_EQ(twice.error().where, "/dictionaries/gender");
}

}  // namespace
}  // namespace shep::population
