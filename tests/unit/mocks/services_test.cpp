#include "mocks/population/identifiers.hpp"
#include "shipped_services.hpp"

#include <set>
#include <sstream>

namespace shep::mocks::testing {
namespace {

TEST(ShippedServices, LoadWithoutAProblemAndUseEveryFile) {
  EXPECT_GE(shipped().loaded().mappings.size(), 25U);
  EXPECT_TRUE(shipped().loaded().problems.empty());
  std::string all;
  for (const auto& file : shipped_services::mapping_files()) all += file.json;
  for (const auto& [name, text] : shipped_services::body_files())
    EXPECT_NE(all.find("\"" + name + "\""), std::string::npos) << name << " is never answered";
}

TEST(ShippedServices, MappingsHaveNamesOfTheirOwnAndSignWhereTheContractAllows) {
  std::set<std::string> names;
  for (const auto& m : shipped().loaded().mappings) {
    EXPECT_TRUE(names.insert(m->name).second) << m->name;
    EXPECT_FALSE(m->service_id.empty()) << m->name << " would cost requests of other services";
    EXPECT_EQ(m->response.sign, (signing{signed_inside(m->service_id), true})) << m->name;
  }
}

class DemoWorld : public ::testing::TestWithParam<bool> {};

TEST_P(DemoWorld, AnswersEveryRowAsItSays) {
  const shipped_services services({GetParam(), 1});
  std::string token, key;
  std::set<std::string> answered;
  schema_check schemas;
  for (const demo_row& row : demo_rows()) {
    std::string text = demo_file(row.file);
    EXPECT_EQ(text.find("{{") != std::string::npos, row.uses_token) << row.file;
    for (const auto& [mark, value] : {std::pair<std::string, std::string>{"{{kdpToken}}", token}, {"{{publicKey}}", key}}) {
      if (const auto at = text.find(mark); at != std::string::npos) text.replace(at, mark.size(), value);
    }
    const auto request = request_from(text);
    EXPECT_EQ(xml::xpath::compile("//requestInfo/serviceId").value().string(request->envelope.root()), row.service_id) << row.file;
    const auto given = services.answer(*request);
    EXPECT_EQ(given.definition.status_code, row.status) << row.file << " " << given.mapping;
    EXPECT_EQ(given.at(row.result_at), row.result) << row.file << " " << given.mapping;
    if (given.mapping == "nothing") continue;
    schemas.add(row.service_id, row.file, given.definition.body);
    answered.insert(row.service_id + " " + row.status + " " + row.result);
    if (row.service_id == consent_service && row.result == "VALID") {
      token = given.at("//code");
      key = given.at("//public-key");
    }
  }
  EXPECT_GE(answered.size(), 16U);
  if (!schema_check::available()) GTEST_SKIP() << "xmllint (package libxml2-utils) is not here";
  EXPECT_EQ(schemas.complaints(), "");
}

INSTANTIATE_TEST_SUITE_P(ShippedServices, DemoWorld, ::testing::Bool(),
                         [](const auto& p) { return p.param ? "WithGeneratedPeople" : "WithCuratedPeopleOnly"; });

TEST(ShippedServices, AnswerForEveryPersonaIsValidAgainstItsSchema) {
  if (!schema_check::available()) GTEST_SKIP() << "xmllint (package libxml2-utils) is not here";
  schema_check schemas;
  for (const auto& p : shipped().country().personas()) {
    if (!p.is_person) {
      const auto company = shipped().answer(company_service, company_request(p.number));
      EXPECT_EQ(company.at("//Organization/BIN"), p.number);
      schemas.add(company_service, p.number, company.definition.body);
      continue;
    }
    const auto person = shipped().answer(sync_service, person_request("<iin>" + p.number + "</iin>"));
    EXPECT_EQ(person.at("//person/iin"), p.number);
    schemas.add(sync_service, p.number, person.definition.body);
    const auto consent = shipped().answer(consent_service, consent_request(p.number));
    const std::string wanted(shipped().country().person(p.number)->at("consent").as_string());
    EXPECT_EQ(consent.at("//status"), wanted) << p.number;
    EXPECT_EQ(!consent.at("//code").empty(), wanted == "VALID") << p.number;
    EXPECT_EQ(!consent.at("//public-key").empty(), wanted == "VALID") << p.number;
    schemas.add(consent_service, p.number, consent.definition.body);
  }
  EXPECT_EQ(schemas.complaints(), "");
}

TEST(ShippedServices, AnswersForGeneratedPeopleAndCompaniesAreValidToo) {
  if (!schema_check::available()) GTEST_SKIP() << "xmllint (package libxml2-utils) is not here";
  const shipped_services services({true, 3});
  schema_check schemas;
  int people = 0, companies = 0;
  for (int i = 0; i < 60; ++i) {
    char start[16];
    std::snprintf(start, sizeof start, "%02d%02d%02d0%04d", i * 7 % 100, i % 12 + 1, i % 28 + 1, i * 131 % 10000);
    if (const auto last = population::check_digit(start)) {
      const std::string iin = std::string(start) + *last;
      const auto given = services.answer(sync_service, person_request("<iin>" + iin + "</iin>"));
      EXPECT_EQ(given.at("//person/iin"), iin);
      schemas.add(sync_service, iin, given.definition.body);
      ++people;
    }
    std::snprintf(start, sizeof start, "%02d%02d9%d%05d", i % 25, i % 12 + 1, i % 3, i * 131);
    if (const auto last = population::check_digit(start)) {
      const std::string bin = std::string(start) + *last;
      const auto given = services.answer(company_service, company_request(bin));
      EXPECT_EQ(given.at("//Organization/BIN"), bin);
      schemas.add(company_service, bin, given.definition.body);
      ++companies;
    }
  }
  EXPECT_GT(people, 30);
  EXPECT_GT(companies, 30);
  EXPECT_EQ(schemas.complaints(), "");
}

TEST(ShippedServices, LeaveNoBlankLinesWhereAFieldIsAbsent) {
  for (const auto& p : shipped().country().personas()) {
    const auto given = p.is_person ? shipped().answer(sync_service, person_request("<iin>" + p.number + "</iin>"))
                                   : shipped().answer(company_service, company_request(p.number));
    std::istringstream lines(given.definition.body);
    for (std::string line; std::getline(lines, line);) EXPECT_NE(line.find_first_not_of(" \r"), std::string::npos) << given.definition.body;
  }
}

TEST(Gbdul, TellsOfPeopleAndCompaniesBehindACompany) {
  const auto given = shipped().answer(company_service, company_request("191090900079"));
  EXPECT_EQ(given.definition.carrier, protocol::carrier::child_element);
  EXPECT_EQ(given.at("//OrganizationLeader/IIN"), "821212090092");
  EXPECT_EQ(given.at("//FoundersFL/CitizenCountry/Code"), "840");
  EXPECT_EQ(given.at("//FoundersUL/BIN"), "110390900032");
  EXPECT_EQ(given.at("//FoundersCount"), "2");
  EXPECT_EQ(given.at("//AppartmentNumber"), "9");
  const auto branch = shipped().answer(company_service, company_request("250691900067"));
  EXPECT_EQ(branch.at("//OrgForm/Code"), "2");
  EXPECT_EQ(branch.at("//HeaderOrganization/BIN"), "250290900027");
  const auto liquidated = shipped().answer(company_service, company_request("070990900054"));
  EXPECT_EQ(liquidated.at("//RegStatus/Code"), "2");
  EXPECT_EQ(liquidated.at("//TaxOrgStatus"), "true");
}

TEST(Gbdul, EscapesNamesThatLookLikeMarkup) {
  EXPECT_EQ(shipped().answer(company_service, company_request("160590900099")).at("//FullNameRu"),
            "Товарищество с ограниченной ответственностью «Проба & Ко <старое>»");
}

TEST(Gbdul, RefusesWithoutAProperBinOnEitherSide) {
  EXPECT_EQ(shipped().answer(company_service, company_request("")).at("//Status/Code"), "901");
  EXPECT_EQ(shipped().answer(company_service, company_request("250290900027", "")).at("//Status/Code"), "902");
  EXPECT_EQ(shipped().answer(company_service, company_request("250290900027", "250290900028")).at("//Status/Code"), "902");
}

TEST(Kdp, KeepsTheCitizenWhoNeverAnswersWaiting) {
  EXPECT_EQ(shipped().answer(consent_service, consent_request("950703090085")).definition.delay, std::chrono::milliseconds(2000));
  EXPECT_EQ(shipped().answer(consent_service, consent_request("850315090015")).definition.delay, std::chrono::milliseconds(0));
}

TEST(Kdp, AnswersInItsNamespace) {
  const auto given = shipped().answer(consent_service, consent_request("850315090015"));
  EXPECT_EQ(given.definition.carrier, protocol::carrier::child_element);
  EXPECT_EQ(given.at("count(//*[namespace-uri() != 'http://service.2fa-chain.kz/ns/kdp'])"), "0");
  EXPECT_EQ(given.at("local-name(/*)"), "getUserDataResponse");
}

TEST(Kdp, IsNotFoundForNobody) {
  EXPECT_EQ(shipped().answer(consent_service, consent_request("991231990176")).at("//status"), "NOT_FOUND");
}

TEST(Kdp, AnswersErrorToALifetimeThatIsNotOne) {
  for (const char* lifetime : {"-1", "1.5", "abc", "2147483648", "99999999999999999999", "0x10"}) {
    EXPECT_EQ(shipped()
                  .answer(consent_service, consent_request("850315090015", "<expiresIn>" + std::string(lifetime) + "</expiresIn>"))
                  .at("//status"),
              "ERROR")
        << lifetime;
  }
  for (const char* lifetime : {"", "0", "1", "2147483647"}) {
    EXPECT_EQ(shipped()
                  .answer(consent_service, consent_request("850315090015", "<expiresIn>" + std::string(lifetime) + "</expiresIn>"))
                  .at("//status"),
              "VALID")
        << lifetime;
  }
}

TEST(ShippedServices, SchemaCheckComplainsOfAWrongAnswer) {
  if (!schema_check::available()) GTEST_SKIP() << "xmllint (package libxml2-utils) is not here";
  schema_check schemas;
  schemas.add(consent_service, "wrong",
              "<k:getUserDataResponse xmlns:k='http://service.2fa-chain.kz/ns/kdp'><k:status>MAYBE</k:status></k:getUserDataResponse>");
  EXPECT_NE(schemas.complaints().find("MAYBE"), std::string::npos);
}

TEST(ShippedServices, LeaveServicesTheyDoNotKnowAlone) {
  EXPECT_EQ(shipped().answer("SERVICE_NOBODY_KNOWS", company_request("250290900027")).mapping, "nothing");
}

}  // namespace
}  // namespace shep::mocks::testing
