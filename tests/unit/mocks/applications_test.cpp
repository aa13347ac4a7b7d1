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

}  // namespace
}  // namespace shep::mocks::testing
