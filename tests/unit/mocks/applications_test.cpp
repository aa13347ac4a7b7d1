#include "shipped_services.hpp"

#include <array>
#include <map>

/// Conversations with the portal, E-licensing, the service centre and the store of files: what was asked before counts.
namespace shep::mocks::testing {
namespace {

std::string document(std::string_view root, const std::string& space, const std::string& fields) {
  return "<q:" + std::string(root) + " xmlns:q='" + space + "'>" + fields + "</q:" + std::string(root) + ">";
}

/// One simulator; each test has its own.
class office {
 public:
  service_answer login(const std::string& who, const std::string& password) const {
    return services.answer(
        "PORTAL_LOGIN", document("LoginRequest", simulated("portal"), "<iinBin>" + who + "</iinBin><password>" + password + "</password>"));
  }
  service_answer number(const std::string& who) const {
    return services.answer("PORTAL_APPLICATION_NUMBER", document("ApplicationNumberRequest", simulated("portal"),
                                                                 "<iinBin>" + who + "</iinBin><serviceCode>P1</serviceCode>"));
  }
  service_answer portal_status(const std::string& number) const {
    return services.answer("PORTAL_APPLICATION_STATUS",
                           document("ApplicationStatusRequest", simulated("portal"), "<number>" + number + "</number>"));
  }
  service_answer apply(const std::string& number, const std::string& who) const {
    return services.answer("ELICENSE_APPLICATION", document("ApplicationRequest", simulated("elicense-application"),
                                                            "<requestNumber>" + number + "</requestNumber><iinBin>" + who +
                                                                "</iinBin><serviceCode>P1</serviceCode>"));
  }
  service_answer licence_status(const std::string& number, const std::string& who) const {
    return services.answer("ELICENSE_APPLICATION_STATUS",
                           document("StatusRequest", simulated("elicense-application"),
                                    "<requestNumber>" + number + "</requestNumber><iinBin>" + who + "</iinBin>"));
  }
  service_answer change(const std::string& number, const std::string& status, const std::string& ready = "") const {
    return services.answer("IISCON_CHANGE_STATUS", document("ChangeApplicationStatusRequest", centre,
                                                            "<applicationId>" + number + "</applicationId><ApplicationStatus>" + status +
                                                                "</ApplicationStatus><ready>" + ready + "</ready>"));
  }
  std::string checked(const std::string& number) const {
    return services
        .answer("IISCON_CHECK_APPLICATION", document("CheckApplicationRequest", centre, "<applicationId>" + number + "</applicationId>"))
        .at("//ApplicationStatus");
  }
  service_answer receive(const std::string& number, const std::string& complete = "true") const {
    return services.answer("IISCON_REGISTER_APPLICATION", document("ApplicationData", centre,
                                                                   "<applicationId>" + number +
                                                                       "</applicationId><applicantIin>950707091362</applicantIin>"
                                                                       "<documentsComplete>" +
                                                                       complete + "</documentsComplete>"));
  }

  shipped_services services;
  const std::string centre = "http://schemas.letograf.kz/iiscon/bus/v1";
};

/// So many days after the day on which the services are asked, 2030-01-02.
std::string day(int offset) {
  const std::chrono::year_month_day date(std::chrono::floor<std::chrono::days>(noon) + std::chrono::days(offset));
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02u-%02u", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                static_cast<unsigned>(date.day()));
  return text.data();
}

std::string code(const service_answer& given) { return given.at("/*/status/code"); }

constexpr const char* password = "cabinet-test-password";
const std::string qualified = "140290001055", unqualified = "150390001060";

TEST(PortalLogin, IsLockedByThreeWrongPasswordsInARow) {
  const office o;
  EXPECT_EQ(o.login("970204091024", "a").at("//attemptsLeft"), "2");
  EXPECT_EQ(o.login("970204091024", "b").at("//attemptsLeft"), "1");
  EXPECT_EQ(code(o.login("970204091024", password)), "1") << "the right one begins the count anew";
  for (const char* wrong : {"a", "b"}) EXPECT_EQ(code(o.login("970204091024", wrong)), "2");
  EXPECT_EQ(code(o.login("970204091024", "c")), "3");
  EXPECT_EQ(code(o.login("970204091024", password)), "3");
  EXPECT_EQ(code(o.login("850315090015", password)), "1") << "another cabinet";
  EXPECT_EQ(o.login("850315090015", password).at("//cabinet/iinBin"), "850315090015");
  EXPECT_NE(o.login("140290001055", password).at("//cabinet/name"), "");
}

TEST(PortalLogin, RefusesWithoutCountingWhatIsNoLogin) {
  const office o;
  for (int i = 0; i < 4; ++i) {
    EXPECT_EQ(code(o.login("850315090015", "")), "902");
    EXPECT_EQ(code(o.login("991231990176", "x")), "900");
    EXPECT_EQ(code(o.login("850315090016", "x")), "901");
  }
  EXPECT_EQ(code(o.login("850315090015", password)), "1");
}

TEST(PermissionToAdvertise, IsFollowedFromTheNumberToThePermit) {
  const office o;
  EXPECT_EQ(code(o.portal_status("10140290001055")), "0");
  EXPECT_EQ(code(o.licence_status("10140290001055", qualified)), "0");
  const std::string number = o.number(qualified).at("//number");
  EXPECT_EQ(number, "10140290001055");
  EXPECT_EQ(code(o.number(qualified)), "2");
  EXPECT_EQ(code(o.portal_status(number)), "6");
  const auto registered = o.apply(number, qualified);
  EXPECT_EQ(code(registered), "3");
  EXPECT_EQ(code(o.apply(number, qualified)), "5");
  EXPECT_EQ(code(o.portal_status(number)), "1");
  EXPECT_EQ(code(o.number(qualified)), "3");
  EXPECT_EQ(code(o.licence_status(number, unqualified)), "0") << "another company's application";
  EXPECT_EQ(code(o.licence_status(number, qualified)), "4");
  EXPECT_EQ(code(o.portal_status(number)), "2");
  const auto decided = o.licence_status(number, qualified);
  EXPECT_EQ(code(decided), "1");
  EXPECT_EQ(decided.at("//permit/licence"), "ТЛ-900001");
  EXPECT_EQ(decided.at("//registrationNumber"), registered.at("//registrationNumber"));
  EXPECT_EQ(decided.definition.sign, (signing{true, true})) << "the permit is signed inside";
  EXPECT_EQ(o.licence_status(number, qualified).at("//permit/number"), decided.at("//permit/number"));
  EXPECT_EQ(code(o.portal_status(number)), "3");
  EXPECT_EQ(code(o.number(qualified)), "1") << "the next application";
  EXPECT_EQ(code(o.portal_status(number)), "6");
}

TEST(PermissionToAdvertise, AsksForALicenceInForce) {
  const office o;
  const std::map<std::string, std::pair<std::string, std::string>> expected{
      {qualified, {"1", ""}},
      {unqualified, {"2", "Нет лицензии"}},
      {"160490001076", {"2", "Приостановлена"}},
      {"170590001081", {"2", "Прекращена"}},
      {"850315090015", {"2", "не на лекарственные средства"}},
  };
  for (const auto& [who, verdict] : expected) {
    EXPECT_EQ(code(o.apply("1", who)), "3") << who;
    EXPECT_EQ(code(o.licence_status("1", who)), "4") << who;
    const auto decided = o.licence_status("1", who);
    EXPECT_EQ(code(decided), verdict.first) << who;
    EXPECT_NE(decided.at("//reason").find(verdict.second), std::string::npos) << who << ": " << decided.at("//reason");
  }
  EXPECT_EQ(code(o.apply("1", "991231990176")), "900");
  EXPECT_EQ(code(o.apply("1", "140290001056")), "901");
  EXPECT_EQ(code(o.apply(" ", qualified)), "902");
}

TEST(PermissionToAdvertise, IsRefusedInTheCabinetWithItsReason) {
  const office o;
  const std::string number = o.number(unqualified).at("//number");
  EXPECT_EQ(code(o.apply(number, unqualified)), "3");
  o.licence_status(number, unqualified);
  o.licence_status(number, unqualified);
  const auto told = o.portal_status(number);
  EXPECT_EQ(code(told), "4");
  EXPECT_NE(told.at("//reason"), "");
}

TEST(ServiceCentre, StoresAResultForAMonthAndHandsItOver) {
  const office o;
  const std::string number = "10950707091362";
  EXPECT_EQ(o.checked(number), "0");
  EXPECT_EQ(o.change(number, "3").at("//ApplicationStatus"), "0");
  const auto refused = o.receive(number, "false");
  EXPECT_EQ(refused.at("//success"), "false");
  EXPECT_NE(refused.at("//receipt"), "") << "a receipt of refusal";
  EXPECT_EQ(o.checked(number), "0");
  EXPECT_EQ(o.receive(number).at("//success"), "true");
  EXPECT_EQ(o.receive(number).at("//success"), "false");
  EXPECT_EQ(o.checked(number), "1");
  EXPECT_EQ(o.change(number, "6", day(0)).at("//ApplicationStatus"), "905") << "not ready";
  EXPECT_EQ(o.change(number, "3").at("//ApplicationStatus"), "3");
  EXPECT_EQ(o.change(number, "7", day(-10)).at("//ApplicationStatus"), "905") << "ten days only";
  EXPECT_EQ(o.change(number, "6", day(-40)).at("//ApplicationStatus"), "905") << "forty days";
  for (const char* action : {"6", "7"}) EXPECT_EQ(o.change(number, action, "soon").at("//ApplicationStatus"), "905") << "no date";
  EXPECT_EQ(o.checked(number), "3");
  EXPECT_EQ(o.change(number, "7", day(-40)).at("//ApplicationStatus"), "7");
  EXPECT_EQ(o.change(number, "6", day(-10)).at("//ApplicationStatus"), "905") << "the provider has it";
  EXPECT_EQ(o.checked(number), "7");
  const auto back = o.change(number, "3");
  EXPECT_EQ(back.at("//ApplicationStatus"), "3");
  EXPECT_GT(back.at("//sentBackBy"), day(0));
  EXPECT_EQ(o.change(number, "6", day(-10)).at("//ApplicationStatus"), "6");
  EXPECT_EQ(o.change(number, "6", day(-10)).at("//ApplicationStatus"), "905");
  EXPECT_EQ(o.checked(number), "6");
}

service_answer file_request(const shipped_services& services, const std::string& type, const std::string& rest) {
  return services.answer("EDS_TEMP_FILES", document("tempStorageRequest", "http://egov.bee.kz/eds/tempstorage/v2/",
                                                    "<type>" + type + "</type>" + rest +
                                                        "<credentials><senderId>s</senderId><password>p</password></credentials>"));
}

std::string upload(const std::string& process, const std::string& rest = "") {
  return "<uploadRequest><fileUploadRequests><fileProcessIdentifier>" + process + "</fileProcessIdentifier><content>AA==</content>" + rest +
         "</fileUploadRequests></uploadRequest>";
}

TEST(StoreOfFiles, KeepsAFileUntilItsTimeIsOver) {
  shipped_services services;
  const auto ask = [&services](const std::string& type, const std::string& id) {
    const std::map<std::string, std::string> roots{
        {"DOWNLOAD", "downloadRequest"}, {"CONFIRM", "confirmRequest"}, {"GET_FILE_INFO", "getFileInfoRequest"}};
    const std::string& root = roots.at(type);
    return file_request(services, type, "<" + root + "><fileIdentifiers>" + id + "</fileIdentifiers></" + root + ">");
  };
  for (const char* process : {"5f1b3c2a-1111-4222-8333-444455556666", "file-1", "a.very.long.name.of.a.file.that.is.no.guid"}) {
    services.now = noon;
    const std::string id =
        file_request(services, "UPLOAD", upload(process, "<lifeTime>3600000</lifeTime>")).at("//uploadFileResults/fileIdentifier");
    EXPECT_TRUE(id.ends_with("300102130000")) << id << ": an hour later, at 13:00";
    for (const char* type : {"DOWNLOAD", "GET_FILE_INFO"}) {
      const auto told = ask(type, id);
      EXPECT_EQ(told.at("//status/code"), "0") << id;
      EXPECT_EQ(told.at("//meta/confirmed"), "false") << id;
      EXPECT_EQ(told.at("//meta/expirationTime"), "2030-01-02T13:00:00") << id;
    }
    for (int i = 0; i < 2; ++i) EXPECT_EQ(ask("CONFIRM", id).at("//status/code"), "0") << id;
    EXPECT_EQ(ask("GET_FILE_INFO", id).at("//meta/confirmed"), "true") << id;
    EXPECT_EQ(ask("DOWNLOAD", id).at("//meta/confirmed"), "true") << id;
    services.now = noon + std::chrono::minutes(61);
    for (const char* type : {"DOWNLOAD", "CONFIRM", "GET_FILE_INFO"}) {
      const auto gone = ask(type, id);
      EXPECT_EQ(gone.at("//status/code"), "2") << type;
      EXPECT_EQ(gone.definition.status_code, "SCSE001");
    }
  }
  EXPECT_EQ(ask("CONFIRM", "5f1b3c2a-9999-4222-8333-901231235959").at("//confirmResponse/status/code"), "1") << "never uploaded";
}

TEST(StoreOfFiles, KeepsForASecondToAMonth) {
  const shipped_services services;
  for (const char* wrong : {"0", "999", "-1", "2592000001", "soon", "1e9"}) {
    EXPECT_EQ(file_request(services, "UPLOAD", upload("f", "<lifeTime>" + std::string(wrong) + "</lifeTime>")).at("/*/status/code"), "905")
        << wrong;
  }
  for (const auto& [life, end] : {std::pair{"1000", "300102120001"}, {"2592000000", "300201120000"}, {"", "300109120000"}}) {
    EXPECT_EQ(file_request(services, "UPLOAD", upload("f", "<lifeTime>" + std::string(life) + "</lifeTime>")).at("//fileIdentifier"),
              std::string("f.") + end);
  }
}

TEST(ContactCentre, AnswersAComplaintByAWorkingDay) {
  const shipped_services services;
  const auto complain = [&services](const char* to) {
    return services.answer("UCC1414_COMPLAINT",
                           document("ComplaintRequest", simulated("contact-centre"),
                                    "<number>97900000000001</number><addressee>" + std::string(to) + "</addressee><text>t</text>"));
  };
  // Registered on Wednesday, 2030-01-02, itself a holiday; 7 January is one too.
  EXPECT_EQ(complain("provider").at("//answerBy"), "2030-01-10");
  EXPECT_EQ(complain("oversight").at("//answerBy"), "2030-01-24");
}

TEST(ServiceMonitoring, ComputesDeadlineAndBreachOfAStage) {
  const shipped_services services;
  const auto report = [&services](const std::string& code, const std::string& number, const std::string& rest) {
    return services.answer("SERVICE_MONITORING_EVENT",
                           document("EventRequest", simulated("service-monitoring"),
                                    "<serviceCode>" + code + "</serviceCode><number>" + number + "</number>" + rest));
  };
  const auto at = [](const char* stage, const char* day) {
    return "<stage>" + std::string(stage) + "</stage><time>" + day + "T18:00:00+05:00</time>";
  };
  struct row {
    const char *code, *number, *stage, *deadline, *day_after;
  };
  for (const row& r : {row{"P3", "97900000000101", "completeness", "2025-11-13", "2025-11-14"},
                       row{"P3", "97900000000101", "conformity", "2025-11-17", "2025-11-18"},
                       row{"P3", "97900000000101", "result", "2025-11-19", "2025-11-20"},
                       row{"P4", "97900000000201", "preparation", "2025-11-30", "2025-12-01"},
                       row{"P2", "97900000000001", "anything", "2025-11-26", "2025-11-27"}}) {
    const auto kept = report(r.code, r.number, at(r.stage, r.deadline)), late = report(r.code, r.number, at(r.stage, r.day_after));
    EXPECT_EQ(kept.at("//deadline"), r.deadline) << r.stage;
    EXPECT_EQ(kept.at("//breach"), "false") << r.stage;
    EXPECT_EQ(late.at("//breach"), "true") << r.stage;
    EXPECT_EQ(code(late), "2") << r.stage;
  }
  EXPECT_EQ(code(report("P2", "97900000000001", at("x", "2025-11-13") + "<breach>true</breach>")), "2");
  EXPECT_EQ(code(report("P2", "97900000000001", at("x", "2025-11-13") + "<deadline>2025-11-12</deadline>")), "2");
}

TEST(OwnProduction, IsJudgedAsOfTheDayAskedFor) {
  const shipped_services services;
  const auto extract = [&services](const std::string& day) {
    return services.answer("PRODUCER_REGISTER_INFO",
                           document("ExtractRequest", simulated("producers"), "<bin>180690001097</bin><asOf>" + day + "</asOf>"));
  };
  EXPECT_EQ(code(extract("")), "1");
  EXPECT_EQ(extract("").at("//asOf"), "2030-01-02");
  EXPECT_EQ(code(extract("2024-05-05")), "4");
  EXPECT_EQ(code(extract("2024-05-06")), "1");
  EXPECT_EQ(code(extract("2035-12-31")), "1");
  EXPECT_EQ(code(extract("2036-01-01")), "3");
  EXPECT_EQ(extract("2036-01-01").at("//dated"), "2030-01-02");
  for (const char* wrong : {"2030-13-01", "2030-02-32", "yesterday", "20300101"}) EXPECT_EQ(code(extract(wrong)), "902") << wrong;
}

}  // namespace
}  // namespace shep::mocks::testing
