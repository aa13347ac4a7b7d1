#include "mocks/population/identifiers.hpp"
#include "shipped_services.hpp"

#include <random>
#include <set>
#include <sstream>

namespace shep::mocks::testing {
namespace {

const std::string sync_service = "GBDFL_UniversalServiceSync";
const std::string token_service = "GBDFLUniversal_token";
const std::string company_service = "GbdulInfoByBin_v2";
const std::string consent_service = "KDP_SERVICE";

const shipped_services& shipped() {
  static const shipped_services plain;
  return plain;
}

std::string person_request(const std::string& fields) {
  return "<m:Request xmlns:m='http://message.persistence.interactive.nat'><messageId>r-1</messageId><senderCode>PEP</senderCode>" + fields +
         "</m:Request>";
}

std::string company_request(const std::string& bin, const std::string& requestor = "250190900013") {
  return "<u:Request xmlns:u='http://gbdulinfobybin_v2.egp.gbdul.tamur.kz'><RequestorBIN>" + requestor + "</RequestorBIN><BIN>" + bin +
         "</BIN></u:Request>";
}

std::string consent_request(const std::string& uin, const std::string& rest = "") {
  return "<k:getUserDataRequest xmlns:k='http://service.2fa-chain.kz/ns/kdp'><uin>" + uin +
         "</uin><company>c</company><company_bin>250190900013</company_bin><company_responsible>r</company_responsible><employee_name>e</"
         "employee_name>"
         "<access_name>GBDFLUniversal_token</access_name><personal_data_name>p</personal_data_name>" +
         rest + "</k:getUserDataRequest>";
}

std::string tokens(const std::string& token) { return "<kdpToken>" + token + "</kdpToken><publicKey>k</publicKey>"; }

TEST(ShippedServices, LoadWithoutAProblemAndUseEveryFile) {
  EXPECT_GE(shipped().loaded().mappings.size(), 25U);
  EXPECT_TRUE(shipped().loaded().problems.empty());
  std::string all;
  for (const auto& file : shipped_services::mapping_files()) all += file.json;
  for (const auto& [name, text] : shipped_services::body_files())
    EXPECT_NE(all.find("\"" + name + "\""), std::string::npos) << name << " is never answered";
}

TEST(ShippedServices, MappingsHaveNamesOfTheirOwnAndSignInsideAndOutside) {
  std::set<std::string> names;
  for (const auto& m : shipped().loaded().mappings) {
    EXPECT_TRUE(names.insert(m->name).second) << m->name;
    EXPECT_FALSE(m->service_id.empty()) << m->name << " would cost requests of other services";
    EXPECT_EQ(m->response.sign, (signing{true, true})) << m->name;
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

TEST(Gbdfl, AnswersAsTheRealWireDoes) {
  const auto given = shipped().answer(sync_service, person_request("<iin>850315090015</iin>"));
  EXPECT_EQ(given.definition.carrier, protocol::carrier::typed_element);
  EXPECT_EQ(given.definition.type, (data_type{"Response", "http://message.persistence.interactive.nat"}));
  EXPECT_EQ(given.at("/*/requestId"), "r-1");
  EXPECT_EQ(given.at("/*/receiver/code"), "PEP");
  EXPECT_EQ(given.at("/*/persons/person/regAddress/region/nameKz"), "ҮЛГІЛІ АУДАНЫ");
  EXPECT_EQ(given.at("/*/persons/person/documents/document/number"), "990000001");
  EXPECT_EQ(given.at("count(//*[namespace-uri() != ''])"), "0") << "every field is unqualified";
}

TEST(Gbdfl, TakesAnyPlacementOfNamespaces) {
  for (const std::string request :
       {"<Request xmlns='http://message.persistence.interactive.nat'><iin>850315090015</iin></Request>",
        "<a:Request xmlns:a='http://message.persistence.interactive.nat'><a:iin>850315090015</a:iin></a:Request>",
        "<data><iin> 850315090015\n</iin></data>", "<x><messageId/><iin><![CDATA[850315090015]]></iin></x>"}) {
    EXPECT_EQ(shipped().answer(sync_service, request).at("//person/iin"), "850315090015") << request;
  }
}

TEST(Gbdfl, X13_ACommentInsideAnIinNeverShortensIt) {
  EXPECT_EQ(shipped().answer(sync_service, person_request("<iin>8503<!-- x -->15090015</iin>")).at("//person/iin"), "850315090015");
  EXPECT_EQ(shipped().answer(sync_service, person_request("<iin>850315090015<!-- x -->0</iin>")).at("//messageResult/code"), "90001");
}

TEST(Gbdfl, SearchesByNameInAnyLetterCaseAndTellsOfNamesakes) {
  const auto given =
      shipped().answer(sync_service, person_request("<surname>мысалов</surname><name>НҰРЛАН</name><birthDate>1990-05-05</birthDate>"));
  EXPECT_EQ(given.all("//person/iin"), (std::vector<std::string>{"900505090119", "900505090129"}));
  const auto nobody =
      shipped().answer(sync_service, person_request("<surname>МЫСАЛОВ</surname><name>НҰРЛАН</name><birthDate>1991-05-05</birthDate>"));
  EXPECT_EQ(nobody.definition.status_code, "SCSE001");
  EXPECT_EQ(nobody.at("//messageResult/code"), "90004");
}

TEST(Gbdfl, SearchesByTheNumberOfAnyDocument) {
  for (const char* number : {"990000005", "990000105", " 990000105 "}) {
    const auto given = shipped().answer(sync_service, person_request("<documentNumber>" + std::string(number) + "</documentNumber>"));
    EXPECT_EQ(given.all("//person/iin"), std::vector<std::string>{"780130090054"}) << number;
  }
  for (const char* number : {"000000000", "850315090015", "x"}) {
    const auto given = shipped().answer(sync_service, person_request("<documentNumber>" + std::string(number) + "</documentNumber>"));
    EXPECT_EQ(given.definition.status_code, "SCSE001") << number;
    EXPECT_EQ(given.at("//messageResult/code"), "90004") << number;
    EXPECT_TRUE(given.all("//person").empty());
  }
}

TEST(Gbdfl, RefusesWhatIdentifiesNobody) {
  for (const char* fields :
       {"", "<iin/>", "<iin>  </iin>", "<surname>МЫСАЛОВ</surname>", "<name>НҰРЛАН</name><birthDate>1990-05-05</birthDate>"}) {
    for (const auto& service : {sync_service, token_service}) {
      EXPECT_EQ(shipped().answer(service, person_request(fields)).at("//messageResult/code"), "90002") << service << fields;
    }
  }
  const std::string period = "<surname>МЫСАЛОВ</surname><birthDateFrom>1990-01-01</birthDateFrom><birthDateTo>1990-12-31</birthDateTo>";
  EXPECT_EQ(shipped().answer(sync_service, person_request(period)).at("//messageResult/code"), "90003");
}

/// The check digit is written in XPath in the mappings and in C++ in the population: they must agree.
TEST(Gbdfl, RefusesExactlyTheNumbersWhoseCheckDigitIsWrong) {
  std::mt19937 random(11);
  int second_row = 0;
  for (int i = 0; i < 600; ++i) {
    std::string number;
    for (int d = 0; d < 12; ++d) number += static_cast<char>('0' + random() % 10);
    const auto last = population::check_digit(number.substr(0, 11));
    if (i % 2 == 0 && last) number[11] = *last;
    int first = 0;
    for (int d = 0; d < 11; ++d) first += (number[static_cast<std::size_t>(d)] - '0') * (d + 1);
    second_row += first % 11 == 10 ? 1 : 0;
    const bool right = last == number[11];
    EXPECT_EQ(shipped().answer(sync_service, person_request("<iin>" + number + "</iin>")).at("//messageResult/code") != "90001", right)
        << number;
    EXPECT_EQ(shipped().answer(company_service, company_request(number)).at("//Status/Code") != "901", right) << number;
    EXPECT_EQ(shipped().answer(consent_service, consent_request(number)).at("//status") != "ERROR", right) << number;
  }
  EXPECT_GT(second_row, 20);
  for (const char* number :
       {"85031509001", "8503150900155", "85031509001x", "85031509001５", "8503150 90015", "-50315090015", "1e5031509001"}) {
    EXPECT_EQ(shipped().answer(sync_service, person_request("<iin>" + std::string(number) + "</iin>")).at("//messageResult/code"), "90001")
        << number;
  }
}

TEST(Gbdfl, AConsentOpensItsPersonAndNobodyElse) {
  const std::string token = shipped().token("850315090015", token_service);
  const std::string other = "<iin>870821090027</iin>", own = "<iin>850315090015</iin>";
  EXPECT_EQ(shipped().answer(token_service, person_request(own + tokens(token))).all("//person/iin"),
            std::vector<std::string>{"850315090015"});
  const std::vector<std::string> attempts = {
      other + tokens(token),
      other + own + tokens(token),
      "<documentNumber>990000002</documentNumber>" + own + tokens(token),
      own + "<documentNumber>990000002</documentNumber>" + tokens(token),
      "<surname>ҮЛГІБАЕВА</surname><name>ҚАРЛЫҒАШ</name>" + own + tokens(token),
      "<surname>ҮЛГІБАЕВА</surname><name>ҚАРЛЫҒАШ</name>" + tokens(token),
      "<documentNumber>990000002</documentNumber>" + tokens(token),
      "<x>" + own + "</x>" + other + tokens(token),
      "<x>" + other + "</x>" + own + tokens(token),
      "<iin>850315090015<iin>870821090027</iin></iin>" + tokens(token),
      tokens(token) + "<x><kdpToken/></x>" + other,
      own + tokens("x") + tokens(token),
  };
  for (const auto& fields : attempts) {
    const auto given = shipped().answer(token_service, person_request(fields));
    EXPECT_EQ(given.definition.body.find("870821090027"), std::string::npos) << fields << " " << given.mapping;
    EXPECT_EQ(given.definition.body.find("ҚАРЛЫҒАШ"), std::string::npos) << fields << " " << given.mapping;
  }
}

TEST(Gbdfl, AConsentIsJudgedByTheTimeOfTheRequest) {
  shipped_services services;
  const std::string token = services.token("850315090015", token_service, "60000");
  const std::string request = person_request("<iin>850315090015</iin>" + tokens(token));
  services.now = noon + std::chrono::seconds(59);
  EXPECT_EQ(services.answer(token_service, request).at("//messageResult/code"), "00000");
  services.now = noon + std::chrono::seconds(60);
  EXPECT_EQ(services.answer(token_service, request).at("//messageResult/code"), "90103");
}

TEST(Gbdfl, AConsentLastsTenMinutesUnlessSaidOtherwise) {
  shipped_services services;
  const std::string token = services.answer(consent_service, consent_request("850315090015")).at("//code");
  const std::string request = person_request("<iin>850315090015</iin>" + tokens(token));
  services.now = noon + std::chrono::seconds(599);
  EXPECT_EQ(services.answer(token_service, request).at("//messageResult/code"), "00000");
  services.now = noon + std::chrono::seconds(600);
  EXPECT_EQ(services.answer(token_service, request).at("//messageResult/code"), "90103");
}

TEST(Gbdfl, AConsentMayCarryLineBreaks) {
  std::string token = shipped().token("850315090015", token_service);
  token.insert(20, "\n").insert(60, "\r\n ");
  EXPECT_EQ(
      shipped().answer(token_service, person_request("<iin>850315090015</iin>" + tokens("\n" + token + "\n"))).at("//messageResult/code"),
      "00000");
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
  EXPECT_EQ(shipped().answer("GbdulSearchData", company_request("250290900027")).mapping, "nothing");
}

}  // namespace
}  // namespace shep::mocks::testing
