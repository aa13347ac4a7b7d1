#include "mocks/population/country.hpp"
#include "unit/population/fields.hpp"
#include "unit/population/sample.hpp"

#include <algorithm>
#include <array>
#include <map>

#include <boost/json.hpp>
#include <gtest/gtest.h>

/// What the records say of one person or company must have been possible: ages, the order of events, shares.
/// Of all curated records, of 10 000 generated people and of 1 000 generated companies.
namespace shep::population {
namespace {

namespace json = boost::json;
using test::code;
using test::text;
using test::walk;

constexpr std::string_view today = "2026-01-01";  // README.md: the day that all ages are counted to

const country& nation() {
  static const country one = country::shipped({true, 23});
  return one;
}

template <class F>
void for_everybody(F see) {
  for (const persona& p : nation().personas())
    if (p.is_person) see(p.number, nation().person(p.number).value());
  for (const std::string& iin : test::numbers_of_people(10000)) see(iin, nation().person(iin).value());
}

template <class F>
void for_every_company(F see) {
  for (const persona& p : nation().personas())
    if (!p.is_person) see(p.number, nation().organization(p.number).value());
  std::size_t companies = 0;
  for (const std::string& bin : test::numbers_of_companies(1100)) {
    const auto company = nation().organization(bin);
    if (!company) continue;
    ++companies;
    see(bin, *company);
  }
  EXPECT_GE(companies, 1000U);
}

int years_between(std::string_view from, std::string_view to) {
  const auto year = [](std::string_view date) { return std::stoi(std::string(date.substr(0, 4))); };
  return year(to) - year(from) - (to.substr(5) < from.substr(5) ? 1 : 0);
}

int age_of(std::string_view iin, std::string_view day) { return years_between(text(nation().person(iin).value(), "birthDate"), day); }

bool is_date(const json::value& value) {
  const auto* date = value.if_string();
  return date != nullptr && date->size() == 10 && (*date)[4] == '-' && (*date)[7] == '-';
}

const json::object* object_at(const json::object& o, std::string_view field) {
  const json::value* value = o.if_contains(field);
  return value == nullptr ? nullptr : value->if_object();
}

/// Empty where the list is not written.
json::array list_at(const json::object& o, std::string_view field) {
  const json::value* value = o.if_contains(field);
  return value != nullptr && value->is_array() ? value->get_array() : json::array();
}

const json::object& registers_in(const json::object& record) { return record.at("registers").as_object(); }

using pair_of_fields = std::pair<std::string_view, std::string_view>;

constexpr std::array<pair_of_fields, 22> in_this_order{{{"beginDate", "endDate"},
                                                        {"beginDate", "invalidityDate"},
                                                        {"birthDate", "deathDate"},
                                                        {"from", "to"},
                                                        {"from", "until"},
                                                        {"issued", "expires"},
                                                        {"issued", "validUntil"},
                                                        {"issued", "paid"},
                                                        {"issued", "stopped"},
                                                        {"issued", "suspended"},
                                                        {"suspended", "suspendedUntil"},
                                                        {"entered", "validUntil"},
                                                        {"decided", "until"},
                                                        {"actDate", "registered"},
                                                        {"registered", "deadline"},
                                                        {"registered", "finished"},
                                                        {"accepted", "printed"},
                                                        {"printed", "delivered"},
                                                        {"delivered", "handedOver"},
                                                        {"registrationDate", "registrationLastDate"},
                                                        {"registrationDate", "liquidationDate"},
                                                        {"missingDate", "missingEndDate"}}};

constexpr std::array<std::string_view, 12> have_happened{"issued",    "paid",      "stopped",          "entered",
                                                         "decided",   "actDate",   "finished",         "accepted",
                                                         "beginDate", "deathDate", "registrationDate", "liquidationDate"};

void expect_order(const std::string& number, const json::object& record) {
  walk(record, [&](std::string_view field, const json::value& value) {
    if (const auto* o = value.if_object()) {
      for (const auto& [earlier, later] : in_this_order) {
        if (o->contains(earlier) && o->contains(later)) {
          EXPECT_LE(text(*o, earlier), text(*o, later)) << number << " " << field << " " << later;
        }
      }
    }
    const bool past = std::find(have_happened.begin(), have_happened.end(), field) != have_happened.end();
    if (past && is_date(value)) {
      EXPECT_LT(std::string_view(value.as_string()), today) << number << " " << field;
    }
  });
}

TEST(Coherence, NothingInTheRecordOfAPersonIsBeforeTheBirthOrInTheWrongOrder) {
  for_everybody([](const std::string& iin, const json::object& person) {
    const std::string birth = text(person, "birthDate");
    walk(person, [&](std::string_view field, const json::value& value) {
      if (is_date(value)) {
        EXPECT_GE(std::string(value.as_string()), birth) << iin << " " << field;
      }
    });
    expect_order(iin, person);
  });
}

TEST(Coherence, TheDeadDoNothing) {
  std::size_t dead = 0;
  for_everybody([&](const std::string& iin, const json::object& person) {
    const std::string death = text(person, "deathDate");
    EXPECT_EQ(code(person, "lifeStatus") == "1", !death.empty()) << iin;
    if (death.empty()) return;
    ++dead;
    EXPECT_EQ(text(person, "consent"), "NOT_FOUND") << iin;
    for (const auto& document : list_at(person, "documents")) EXPECT_NE(code(document, "status"), "00") << iin;
    walk(person, [&](std::string_view field, const json::value& value) {
      const bool begins = field == "actDate" || field == "issued" || (field == "beginDate" && value != person.at("deathDate"));
      if (begins && is_date(value) && person.contains("regAddress")) {
        const auto* certificate = object_at(person, "deathCertificate");
        const bool of_death = certificate != nullptr && field == "beginDate" && text(*certificate, "beginDate") == value.as_string();
        EXPECT_TRUE(of_death || value.as_string() <= death) << iin << " " << field;
      }
    });
    if (const auto* certificate = object_at(person, "deathCertificate")) {
      EXPECT_GE(text(*certificate, "beginDate"), death) << iin;
    }
    for (const std::string_view held : {"driverLicence", "vehicles", "restrictions"}) {
      const json::value* value = registers_in(person).if_contains(held);
      EXPECT_TRUE(value == nullptr || *value == json::array()) << iin << " " << held;
    }
  });
  EXPECT_GT(dead, 300U);
}

TEST(Coherence, IdentityCardsAndConsentBeginAtSixteen) {
  for_everybody([](const std::string& iin, const json::object& person) {
    for (const auto& document : list_at(person, "documents")) {
      if (code(document, "type") == "002") {
        EXPECT_GE(age_of(iin, text(document, "beginDate")), 16) << iin;
      }
    }
    if (age_of(iin, today) < 16) {
      EXPECT_EQ(text(person, "consent"), "NOT_FOUND") << iin;
    }
  });
}

/// Kazakhstan: mopeds and quadricycles from 16, buses and trams from 21, everything else from 18.
int least_age_for(std::string_view category) {
  if (category == "A1" || category == "B1") return 16;
  return category.starts_with('D') || category.starts_with('T') ? 21 : 18;
}

TEST(Coherence, DriversWereOldEnoughAndLearntBefore) {
  std::size_t drivers = 0, attempts = 0;
  for_everybody([&](const std::string& iin, const json::object& person) {
    const json::object& held = registers_in(person);
    const json::object* school = object_at(held, "drivingSchool");
    const std::string learnt = school == nullptr ? "" : text(*school, "to");
    if (school != nullptr) {
      EXPECT_GE(age_of(iin, text(*school, "from")), 16) << iin;
      EXPECT_GE(text(*school, "from"), text(nation().organization(text(*school, "bin")).value(), "registrationDate")) << iin;
    }
    std::string passed;
    if (const json::object* examination = object_at(held, "examination")) {
      const json::object* medical = object_at(held, "medicalCertificate");
      std::string before = learnt;
      for (const auto& attempt : list_at(*examination, "attempts")) {
        ++attempts;
        const std::string date = text(attempt, "date");
        EXPECT_GE(date, before) << iin << ": after the school, and one after the other";
        if (medical != nullptr) {
          EXPECT_GE(date, text(*medical, "issued")) << iin;
        }
        EXPECT_GE(age_of(iin, date), 16) << iin;
        EXPECT_LT(date, today) << iin;
        before = date;
        if (attempt.at("passed").as_bool()) passed = date;
      }
    }
    const json::object* licence = object_at(held, "driverLicence");
    if (licence == nullptr) return;
    ++drivers;
    const std::string issued = text(*licence, "issued");
    for (const auto& category : list_at(*licence, "categories"))
      EXPECT_GE(age_of(iin, issued), least_age_for(category.as_string())) << iin << " " << category.as_string();
    EXPECT_LE(learnt, issued) << iin;
    EXPECT_LE(passed, issued) << iin;
    for (const auto& duty : list_at(held, "duties")) EXPECT_LE(text(duty, "issued"), issued) << iin;
    for (const auto& offence : list_at(held, "restrictions")) EXPECT_GE(text(offence, "decided"), issued) << iin << ": deprived of it";
  });
  EXPECT_GT(drivers, 2000U);
  EXPECT_GT(attempts, 2000U);
}

TEST(Coherence, OffendersWereSixteenAndVehiclesAreNotOlderThanTheirRegistration) {
  for_everybody([](const std::string& iin, const json::object& person) {
    for (const auto& offence : list_at(registers_in(person), "restrictions")) EXPECT_GE(age_of(iin, text(offence, "decided")), 16) << iin;
    for (const auto& vehicle : list_at(registers_in(person), "vehicles"))
      EXPECT_LE(text(vehicle, "year"), text(vehicle, "registered").substr(0, 4)) << iin;
  });
}

TEST(Coherence, PupilsAndGraduatesAreOfTheRightAgeAndTheirSchoolsExisted) {
  std::size_t pupils = 0, graduates = 0;
  const auto existed = [](const json::object& school, const std::string& day) {
    const std::string end = text(school, "liquidationDate");
    return text(school, "registrationDate") <= day && (end.empty() || day <= end);
  };
  for_everybody([&](const std::string& iin, const json::object& person) {
    const json::object& education = registers_in(person).contains("education") ? registers_in(person).at("education").as_object() : person;
    if (const json::object* place = object_at(education, "enrolment")) {
      ++pupils;
      const std::string since = text(*place, "since");
      const json::object school = nation().organization(text(*place, "bin")).value();
      EXPECT_EQ(code(school, "regStatus"), "1") << iin;
      EXPECT_TRUE(existed(school, since)) << iin;
      EXPECT_LT(since, today) << iin;
      const bool general = text(school, "school") == "general";
      const int grade = std::stoi(text(*place, "grade"));
      EXPECT_GE(age_of(iin, since), general ? 5 : 14) << iin;
      EXPECT_GE(grade, years_between(since, today) + 1) << iin << ": nobody goes down";
      if (general) {
        EXPECT_GE(age_of(iin, today) - grade, 5) << iin;
        EXPECT_LE(age_of(iin, today) - grade, 7) << iin;
      }
    }
    for (const auto& diploma : list_at(education, "diplomas")) {
      ++graduates;
      EXPECT_GE(age_of(iin, text(diploma, "issued")), 17) << iin;
      EXPECT_TRUE(existed(nation().organization(text(diploma, "bin")).value(), text(diploma, "issued"))) << iin;
      if (const json::object* duplicate = object_at(diploma.as_object(), "duplicate")) {
        EXPECT_GT(text(*duplicate, "issued"), text(diploma, "issued")) << iin;
      }
    }
  });
  EXPECT_GT(pupils, 500U);
  EXPECT_GT(graduates, 800U);
}

TEST(Coherence, FamiliesAreOfAge) {
  std::size_t parents = 0, weddings = 0;
  for_everybody([&](const std::string& iin, const json::object& person) {
    const std::string birth = text(person, "birthDate");
    for (const std::string_view relation : {"father", "mother"}) {
      const std::string number = text(person.at("family"), relation);
      if (number.empty()) continue;
      ++parents;
      const json::object parent = nation().person(number).value();
      EXPECT_EQ(code(parent, "gender"), relation == "father" ? "1" : "2") << iin;
      EXPECT_GE(age_of(number, birth), 14) << iin << " " << relation;
      if (const std::string death = text(parent, "deathDate"); !death.empty() && relation == "mother") {
        EXPECT_LE(birth, death) << iin;
      }
    }
    const json::object& civil = registers_in(person).at("civil").as_object();
    for (const std::string_view list : {"marriages", "divorces"}) {
      for (const auto& event : list_at(civil, list)) {
        ++weddings;
        EXPECT_GE(age_of(iin, text(event, "actDate")), 16) << iin;
        EXPECT_NE(code(person, "gender"), code(nation().person(text(event, "with")).value(), "gender")) << iin;
      }
    }
  });
  EXPECT_GT(parents, 3000U);
  EXPECT_GT(weddings, 3000U);
}

TEST(Coherence, AMaidenNameIsInNoDocumentOfTheTimeAfterTheWedding) {
  for_everybody([](const std::string& iin, const json::object& person) {
    const json::array weddings = list_at(registers_in(person).at("civil").as_object(), "marriages");
    for (const auto& document : list_at(person, "documents")) {
      if (text(document, "surname") != text(person, "surname") && !weddings.empty()) {
        EXPECT_LT(text(document, "beginDate"), text(weddings.back(), "actDate")) << iin;
      }
    }
  });
}

TEST(Coherence, GuardiansAndReceiversOfAssistanceAreGrownUp) {
  for_everybody([](const std::string& iin, const json::object& person) {
    const json::object& held = registers_in(person);
    if (const json::object* care = object_at(held, "guardianship")) {
      if (const json::object* ward = object_at(*care, "ward")) {
        EXPECT_LT(age_of(iin, text(*ward, "decided")), 18) << iin;
        EXPECT_GE(age_of(text(*ward, "guardian"), text(*ward, "decided")), 18) << iin;
      }
    }
    const json::object* social = object_at(held, "social");
    const json::object* assistance = social == nullptr ? nullptr : object_at(*social, "assistance");
    if (assistance != nullptr) {
      EXPECT_GE(age_of(text(*assistance, "recipient"), text(*assistance, "from")), 18) << iin;
    }
  });
}

TEST(Coherence, PensionersAreOldEnough) {
  for (const persona& p : nation().personas()) {
    if (p.label.find("pensioner") != std::string::npos) {
      EXPECT_GE(age_of(p.number, today), 60) << p.number;
    }
  }
}

TEST(Coherence, NothingInTheRecordOfACompanyIsBeforeItsRegistrationOrInTheWrongOrder) {
  for_every_company([](const std::string& bin, const json::object& company) {
    walk(company, [&](std::string_view field, const json::value& value) {
      // That of a founder or of the head organisation; the next test has it.
      if (is_date(value) && field != "registrationDate" && field != "registrationLastDate") {
        EXPECT_GE(std::string(value.as_string()), text(company, "registrationDate")) << bin << " " << field;
      }
    });
    expect_order(bin, company);
    const std::string end = text(company, "liquidationDate");
    EXPECT_EQ(code(company, "regStatus") == "2", !end.empty()) << bin;
    for (const auto& licence : list_at(registers_in(company), "licences")) {
      if (end.empty()) break;
      EXPECT_LE(text(licence, "issued"), end) << bin;
      EXPECT_LE(text(licence, "stopped"), end) << bin;
    }
  });
}

void expect_able_to_found(const std::string& bin, const json::object& company, const std::string& iin) {
  const json::object person = nation().person(iin).value();
  EXPECT_GE(age_of(iin, text(company, "registrationDate")), 18) << bin << " " << iin;
  EXPECT_TRUE(text(person, "deathDate").empty()) << bin << " " << iin;
}

void expect_older_and_alive(const std::string& bin, const json::object& company, const std::string& other_bin) {
  const auto other = nation().organization(other_bin);
  ASSERT_TRUE(other) << bin << " " << other_bin;
  EXPECT_LE(text(*other, "registrationDate"), text(company, "registrationDate")) << bin << " " << other_bin;
  const std::string end = text(*other, "liquidationDate");
  if (end.empty()) return;
  EXPECT_GT(end, text(company, "registrationDate")) << bin << " " << other_bin;
  EXPECT_FALSE(text(company, "liquidationDate").empty()) << bin << " outlives " << other_bin;
}

TEST(Coherence, CompaniesAreLedAndFoundedByThoseWhoCould) {
  std::map<std::string, std::size_t> seen;
  for_every_company([&](const std::string& bin, const json::object& company) {
    if (const json::object* leader = object_at(company, "leader")) {
      ++seen["leaders"];
      expect_able_to_found(bin, company, text(*leader, "iin"));
    }
    for (const auto& founder : list_at(company, "foundersFL")) {
      ++seen["people"];
      expect_able_to_found(bin, company, text(founder, "iin"));
    }
    for (const auto& founder : list_at(company, "foundersUL")) {
      ++seen["companies"];
      expect_older_and_alive(bin, company, text(founder, "bin"));
    }
    if (const json::object* head = object_at(company, "headOrganization")) {
      ++seen["heads"];
      expect_older_and_alive(bin, company, text(*head, "bin"));
    }
  });
  EXPECT_GT(seen["leaders"], 1000U);
  EXPECT_GT(seen["people"], 500U);
  EXPECT_GT(seen["companies"], 50U);
  EXPECT_GT(seen["heads"], 50U);
}

/// "33.34" → 3334.
long hundredths(const std::string& number) {
  const auto point = number.find('.');
  if (point == std::string::npos) return std::stol(number) * 100;
  std::string fraction = number.substr(point + 1);
  fraction.resize(2, '0');
  return std::stol(number.substr(0, point)) * 100 + std::stol(fraction);
}

TEST(Coherence, SharesOfTheFoundersAreAHundredPercentAndTheWholeCapital) {
  std::map<std::size_t, std::size_t> companies_by_founders;
  for_every_company([&](const std::string& bin, const json::object& company) {
    long percents = 0, values = 0;
    std::size_t founders = 0, with_value = 0;
    for (const std::string_view list : {"foundersFL", "foundersUL"}) {
      for (const auto& founder : list_at(company, list)) {
        ++founders;
        const std::string percent = text(founder, "percent");
        ASSERT_FALSE(percent.empty()) << bin;
        EXPECT_GT(hundredths(percent), 0) << bin;
        percents += hundredths(percent);
        if (const std::string value = text(founder, "value"); !value.empty()) {
          ++with_value;
          values += hundredths(value);
        }
      }
    }
    if (founders == 0) return;
    ++companies_by_founders[founders];
    EXPECT_EQ(percents, 100 * 100) << bin;
    if (with_value == founders) {
      EXPECT_EQ(values, hundredths(text(company, "authCapital"))) << bin;
    }
  });
  for (const std::size_t founders : {1U, 2U, 3U}) EXPECT_GT(companies_by_founders[founders], 10U) << founders;
}

}  // namespace
}  // namespace shep::population
