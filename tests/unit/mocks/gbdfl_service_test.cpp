#include "mocks/population/identifiers.hpp"
#include "shipped_services.hpp"

#include <random>

namespace shep::mocks::testing {
namespace {

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

}  // namespace
}  // namespace shep::mocks::testing
