#include "mocks/population/country.hpp"

#include "mocks/population/identifiers.hpp"
#include "mocks/population/problems.hpp"
#include "unit/population/fields.hpp"

#include <algorithm>
#include <set>

#include <boost/json.hpp>
#include <gtest/gtest.h>

namespace shep::population {
namespace {

namespace json = boost::json;
using test::code;
using test::text;

const country& shipped() {
  static const country one = country::shipped();
  return one;
}

std::vector<json::object> everybody() {
  std::vector<json::object> all;
  for (const persona& p : shipped().personas()) {
    if (p.is_person) all.push_back(shipped().person(p.number).value());
  }
  return all;
}

std::vector<json::object> every_company() {
  std::vector<json::object> all;
  for (const persona& p : shipped().personas()) {
    if (!p.is_person) all.push_back(shipped().organization(p.number).value());
  }
  return all;
}

TEST(Personas, AreAtLeastFourteenPeopleAndSevenCompanies) {
  EXPECT_GE(everybody().size(), 14U);
  EXPECT_GE(every_company().size(), 7U);
}

TEST(Personas, HaveTestNumbersAndALabelAndAName) {
  for (const persona& p : shipped().personas()) {
    EXPECT_TRUE(p.is_person ? is_test_iin(p.number) : is_test_bin(p.number)) << p.number;
    EXPECT_FALSE(p.label.empty()) << p.number;
    EXPECT_FALSE(p.name.empty()) << p.number;
    EXPECT_FALSE(shipped().person(p.number) && shipped().organization(p.number)) << p.number;
  }
}

TEST(Personas, AnswerEachOutcomeOfTheConsent) {
  std::set<std::string> outcomes;
  for (const auto& person : everybody()) outcomes.insert(text(person, "consent"));
  EXPECT_EQ(outcomes, (std::set<std::string>{"VALID", "INVALID", "PENDING", "TIMEOUT", "NOT_FOUND"}));
}

TEST(Personas, CoverWhatIntegratorsAskFor) {
  const auto some = [](auto&& has) { return std::ranges::any_of(everybody(), has); };
  EXPECT_TRUE(some([](const auto& p) { return code(p, "gender") == "1"; }));
  EXPECT_TRUE(some([](const auto& p) { return code(p, "gender") == "2"; }));
  EXPECT_TRUE(some([](const auto& p) { return !p.contains("patronymic"); }));
  EXPECT_TRUE(some([](const auto& p) { return code(p, "citizenship") != "398"; }));
  EXPECT_TRUE(some([](const auto& p) { return code(p, "lifeStatus") != "0" && p.contains("deathDate"); }));
  EXPECT_TRUE(some([](const auto& p) { return text(p, "birthDate") > "2010"; }));
  EXPECT_TRUE(some([](const auto& p) { return !p.contains("regAddress"); }));
  EXPECT_TRUE(some([](const auto& p) {
    const auto& documents = p.at("documents").as_array();
    return documents.size() == 2 && code(documents[0].as_object(), "status") == "17" && code(documents[1].as_object(), "status") == "00";
  }));
  for (const std::size_t count : {0U, 1U, 2U}) {
    EXPECT_TRUE(some([&](const auto& p) { return p.at("documents").as_array().size() == count; })) << count << " documents";
  }
  std::string letters;
  for (const auto& p : everybody()) letters += text(p, "surname") + text(p, "name") + text(p, "patronymic");
  for (const char* letter : {"Ә", "Ғ", "Қ", "Ң", "Ө", "Ұ", "Ү", "Һ", "І", "Ё"})
    EXPECT_NE(letters.find(letter), std::string::npos) << letter;
}

TEST(Personas, CoverTheKindsOfCompany) {
  const auto some = [](auto&& has) { return std::ranges::any_of(every_company(), has); };
  const auto founders = [](const json::object& o) { return o.at("foundersCount").to_number<int>(); };
  EXPECT_TRUE(some([](const auto& o) { return code(o, "regStatus") == "2" && o.contains("liquidationDate"); }));
  for (const int count : {0, 1, 2}) EXPECT_TRUE(some([&](const auto& o) { return founders(o) == count; })) << count << " founders";
  EXPECT_TRUE(some([](const auto& o) { return code(o, "orgForm") == "2" && o.contains("headOrganization"); }));
  EXPECT_TRUE(some([](const auto& o) { return code(o, "orgForm") == "3" && o.contains("headOrganization"); }));
  EXPECT_TRUE(some([](const auto& o) {
    return std::ranges::any_of(o.at("foundersFL").as_array(), [](const auto& f) { return code(f.as_object(), "citizenship") != "398"; });
  })) << "a foreign founder";
  EXPECT_TRUE(some([](const auto& o) { return !o.at("foundersUL").as_array().empty(); }));
  EXPECT_TRUE(some([](const auto& o) { return !o.contains("leader"); }));
}

TEST(Personas, AgreeWithEachOtherAboutMarriagesAndChildren) {
  for (const auto& person : everybody()) {
    const std::string iin = text(person, "iin");
    const auto& family = person.at("family").as_object();
    if (const std::string spouse = text(family, "spouse"); !spouse.empty()) {
      EXPECT_EQ(text(shipped().person(spouse)->at("family").as_object(), "spouse"), iin);
    }
    for (const auto& child : family.at("children").as_array()) {
      const json::object of_child = shipped().person(child.as_string()).value();
      EXPECT_EQ(text(of_child.at("family").as_object(), code(person, "gender") == "1" ? "father" : "mother"), iin);
      EXPECT_GT(text(of_child, "birthDate"), text(person, "birthDate"));
    }
    for (const std::string_view parent : {"father", "mother"}) {
      const std::string number = text(family, parent);
      if (number.empty()) continue;
      const json::object record = shipped().person(number).value();
      EXPECT_TRUE(std::ranges::any_of(record.at("family").at("children").as_array(), [&](const auto& c) { return c.as_string() == iin; }))
          << iin;
    }
  }
}

TEST(Personas, BirthDatesAgreeWithTheirIin) {
  for (const auto& person : everybody()) {
    const std::string birth = text(person, "birthDate");
    EXPECT_EQ(birth.substr(2, 2) + birth.substr(5, 2) + birth.substr(8, 2), text(person, "iin").substr(0, 6));
  }
}

TEST(Personas, CompaniesCallTheirPeopleByTheirOwnNames) {
  for (const auto& company : every_company()) {
    std::vector<json::object> people;
    for (const auto& f : company.at("foundersFL").as_array()) people.push_back(f.as_object());
    if (company.contains("leader")) people.push_back(company.at("leader").as_object());
    for (const auto& named : people) {
      const json::object own = shipped().person(text(named, "iin")).value();
      for (const std::string_view field : {"surname", "name", "patronymic"}) EXPECT_EQ(text(named, field), text(own, field));
      EXPECT_EQ(code(named, "citizenship"), code(own, "citizenship"));
      EXPECT_NE(code(own, "lifeStatus"), "1") << "the dead lead no company";
    }
    for (const auto& f : company.at("foundersUL").as_array()) {
      const json::object own = shipped().organization(text(f.as_object(), "bin")).value();
      EXPECT_EQ(text(f.as_object(), "fullNameRu"), text(own, "fullNameRu"));
    }
    EXPECT_EQ(company.at("foundersCount").to_number<std::size_t>(),
              company.at("foundersUL").as_array().size() + company.at("foundersFL").as_array().size());
    const std::string bin = text(company, "bin");
    EXPECT_EQ(text(company, "registrationDate").substr(2, 2) + text(company, "registrationDate").substr(5, 2), bin.substr(0, 4));
    EXPECT_EQ(bin[5] - '0', code(company, "orgForm")[0] - '1') << "sixth digit: 0 company, 1 branch, 2 representation";
  }
}

TEST(Personas, DocumentNumbersAreMarkedAsTestData) {
  for (const auto& person : everybody()) {
    for (const auto& d : person.at("documents").as_array()) {
      const std::string number = text(d.as_object(), "number");
      EXPECT_TRUE(number[0] == 'T' || number.starts_with("99")) << number;
      EXPECT_EQ(shipped().person_by_document(number), text(person, "iin"));
      for (const char* field : {"type", "issueOrganization", "status"}) EXPECT_FALSE(code(d.as_object(), field).empty());
      EXPECT_FALSE(text(d.as_object(), "birthDate").empty());
    }
  }
}

TEST(Country, KnowsNobodyElseUnlessItGenerates) {
  for (const char* number : {"", "1", "850315300015", "910101090011", "abc", "850315090015 ", "850315090016"})
    EXPECT_FALSE(shipped().person(number)) << number;
  EXPECT_FALSE(shipped().organization("850315090015"));
  EXPECT_FALSE(shipped().person("250290900027"));
  EXPECT_FALSE(shipped().person(std::string(1 << 20, '8')));
}

TEST(Country, FindsPeopleByNameWhateverTheLetterCase) {
  EXPECT_EQ(shipped().find_persons("Үлгібаев", "әділ", "СЫНАҚұлы", "1985-03-15"), std::vector<std::string>{"850315090015"});
  EXPECT_EQ(shipped().find_persons("Үлгібаев", "Әділ", "", "1985-03-15+05:00"), std::vector<std::string>{"850315090015"});
  EXPECT_EQ(shipped().find_persons("sample", "", "", ""), std::vector<std::string>{"821212090092"});
  EXPECT_EQ(shipped().find_persons("үлгібаев", "", "", "").size(), 2U);
}

TEST(Country, FindsBothNamesakes) {
  EXPECT_EQ(shipped().find_persons("МЫСАЛОВ", "НҰРЛАН", "СЫНАҚҰЛЫ", "1990-05-05"),
            (std::vector<std::string>{"900505090119", "900505090129"}));
}

TEST(Country, FindsNobodyByAWrongOrMissingPart) {
  EXPECT_TRUE(shipped().find_persons("", "ӘДІЛ", "", "1985-03-15").empty());
  EXPECT_TRUE(shipped().find_persons("ҮЛГІБАЕВ", "ӘДІЛ", "", "1985-03-16").empty());
  EXPECT_TRUE(shipped().find_persons("ҮЛГІБАЕВ", "ӘДІЛ", "МЫСАЛҰЛЫ", "").empty());
  EXPECT_TRUE(shipped().find_persons(std::string(1 << 20, 'A'), "", "", "").empty());
  EXPECT_TRUE(shipped().find_persons("\xD2", "\xFF\xFE", "\xD0", "not a date").empty());
}

TEST(Country, FindsTheHolderOfAnInvalidatedDocumentToo) {
  EXPECT_EQ(shipped().person_by_document("990000005"), "780130090054");
  EXPECT_EQ(shipped().person_by_document("990000105"), "780130090054");
  EXPECT_EQ(shipped().person_by_document("000000000"), std::nullopt);
  EXPECT_EQ(shipped().person_by_document(""), std::nullopt);
}

TEST(Country, ADocumentKeepsTheNameItWasIssuedFor) {
  const json::object person = shipped().person("900414090065").value();
  EXPECT_EQ(text(person.at("documents").as_array()[0].as_object(), "surname"), "ПРИМЕРОВА");
  EXPECT_EQ(text(person.at("documents").as_array()[1].as_object(), "surname"), "ТЕСТОВА");
}

struct broken_file {
  const char* what;
  const char* from;
  const char* to;
  problem_code code;
  const char* where;
};

class BrokenFile : public testing::TestWithParam<broken_file> {};

constexpr const char* small_file = R"({
  "dictionaries": {"gender": {"1": ["М", "Е"]}, "nationality": {"005": ["К", "Қ"]}, "citizenship": {"398": ["К", "Қ"]}, "lifeStatus": {"0": ["Н", "Қ"]},
                   "regStatus": {"1": ["З", "Т"]}, "registrationDepartment": {"900": ["У", "Б"]}, "orgForm": {"1": ["Ю", "З"]}},
  "persons": [{"persona": "one", "iin": "850315090015", "surname": "А", "name": "Б", "birthDate": "1985-03-15", "gender": "1", "nationality": "005",
               "citizenship": "398", "lifeStatus": "0", "consent": "VALID", "birthPlace": {}, "documents": [], "addresses": [], "family": {"children": []}}],
  "organizations": [{"persona": "two", "bin": "250290900027", "regStatus": "1", "registrationDepartment": "900", "registrationDate": "2025-02-10", "fullNameRu": "В",
                     "fullNameKz": "Г", "orgForm": "1", "taxOrgStatus": false, "activities": [], "leader": {"iin": "850315090015"}, "foundersUL": [], "foundersFL": []}]
})";

TEST(PopulationFile, IsReadWhenSound) {
  const auto read = country::load(small_file);
  ASSERT_TRUE(read) << describe(read.error());
  EXPECT_EQ(text(read->organization("250290900027")->at("leader").as_object(), "surname"), "А");
}

TEST_P(BrokenFile, IsRefusedWithThePlace) {
  std::string file = small_file;
  const auto at = file.find(GetParam().from);
  ASSERT_NE(at, std::string::npos);
  file.replace(at, std::string_view(GetParam().from).size(), GetParam().to);
  const auto read = country::load(file);
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().code, GetParam().code) << describe(read.error());
  EXPECT_EQ(read.error().where, GetParam().where) << describe(read.error());
}

INSTANTIATE_TEST_SUITE_P(
    PopulationFile, BrokenFile,
    testing::Values(
        broken_file{"NotJson", "\"dictionaries\":", "dictionaries", problems::bad_json, ""},
        broken_file{"RealPerson", "850315090015\", \"surname", "850315300019\", \"surname", problems::not_a_test_number, "/persons/0/iin"},
        broken_file{"RealCompany", "\"bin\": \"250290900027", "\"bin\": \"250240900028", problems::not_a_test_number,
                    "/organizations/0/bin"},
        broken_file{"NoLabel", "\"persona\": \"one\", ", "", problems::bad_record, "/persons/0"},
        broken_file{"UnknownCode", "\"gender\": \"1\"", "\"gender\": \"3\"", problems::bad_record, "/persons/850315090015/gender"},
        broken_file{"UnknownConsent", "VALID", "MAYBE", problems::bad_record, "/persons/850315090015"},
        broken_file{"MissingField", "\"surname\": \"А\",", "", problems::bad_record, "/persons/850315090015"},
        broken_file{"DanglingChild", "{\"children\": []}", "{\"children\": [\"150607090036\"]}", problems::dangling_reference,
                    "/persons/850315090015/family/children"},
        broken_file{"DanglingLeader", "{\"iin\": \"850315090015\"}", "{\"iin\": \"150607090036\"}", problems::dangling_reference,
                    "/organizations/250290900027/leader"},
        broken_file{"DanglingFounder", "\"foundersUL\": []", "\"foundersUL\": [{\"bin\": \"250190900013\"}]", problems::dangling_reference,
                    "/organizations/250290900027/foundersUL/0"},
        broken_file{"NotABoolean", "\"taxOrgStatus\": false", "\"taxOrgStatus\": \"no\"", problems::bad_record,
                    "/organizations/250290900027"},
        broken_file{"BadDictionary", "[\"М\", \"Е\"]", "[\"М\"]", problems::bad_record, "/dictionaries/gender"}),
    [](const auto& i) { return std::string(i.param.what); });

TEST(PopulationFile, IsRefusedForGenerationWithoutTheCodesThatNeeds) {
  const auto read = country::load(small_file, {true, 1});
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().code, problems::bad_record);
}

}  // namespace
}  // namespace shep::population
