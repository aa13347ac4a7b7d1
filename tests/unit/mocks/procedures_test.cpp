#include "mocks/population/kinship.hpp"
#include "shipped_services.hpp"

#include <set>

/// The procedures of systems.md section 2, asked of the services step by step: every persona ends where its label says.
namespace shep::mocks::testing {
namespace {

std::string question(std::string_view root, std::string_view space, const std::string& fields) {
  return "<q:" + std::string(root) + " xmlns:q='" + std::string(space) + "'>" + fields + "</q:" + std::string(root) + ">";
}

std::string simulated(std::string_view name) { return "urn:shepsim:contract:" + std::string(name) + ":v1"; }

std::string iin_field(const std::string& iin) { return "<iin>" + iin + "</iin>"; }

constexpr std::string_view drivers = "http://MVD.ProxyServices/mvd/DriverCardInfo/VUInfoService";
constexpr std::string_view patients = "http://erdb.ezdrav.kz/eps";
constexpr std::string_view labour = "http://services.sync.mtszn/";

/// A question by IIN that every person-keyed service takes.
struct by_iin {
  std::string_view service, root;
  std::string space;
  std::string rest;
};

const std::vector<by_iin>& questions_by_iin() {
  static const std::vector<by_iin> all{
      {"FORWARD_DRIVER_LICENSE_SYNC", "DriverCardRequest", std::string(drivers), ""},
      {"MIA_UAP_RESTRICTIONS", "RestrictionsRequest", simulated("administrative-police"), ""},
      {"MIA_UAP_DECISION", "DecisionRequest", simulated("administrative-police"), "<requestNumber>1</requestNumber>"},
      {"MZ_CERTIFICATE_073U", "CertificateRequest", simulated("medical-certificate"), ""},
      {"RDBService_STATUS", "GetRdbRequest", std::string(patients), "<groupId>1</groupId>"},
      {"MIA_AISAS_GetSchoolInfo", "SchoolInfoRequest", simulated("driving-school"), ""},
      {"MIA_EXAM_ATTEMPTS", "AttemptsRequest", simulated("driving-exam"), ""},
      {"MIA_EXAM_RESULT", "ResultRequest", simulated("driving-exam"), "<kind>theory</kind>"},
      {"rpdrn-egov-duty-get-information", "DutyRequest", simulated("state-duty"), ""},
      {"PRINT_LICENCE_ORDER", "OrderRequest", simulated("licence-printing"), "<requestNumber>1</requestNumber>"},
      {"PRINT_LICENCE_STATUS", "JobRequest", simulated("licence-printing"), ""},
      {"PersonStatusUniversalServiceSync", "p06501Request", std::string(labour), ""},
      {"MTSZN_INCOME_INFO", "incomeRequest", std::string(labour), ""},
      {"GUARDIANSHIP_INFO", "GuardianshipRequest", simulated("guardianship"), ""},
      {"ZAGS_BIRTH_INFO", "BirthAktRequest", "http://birth.info.zags.kz", ""},
      {"ZAGS_MARRIAGE_INFO", "MarriageRequest", "http://birth.info.zags.kz", ""},
      {"GBDFL_FamilyInfo", "RequestFamily", "http://message.persistence.interactive.nat", "<messageId>m</messageId>"},
  };
  return all;
}

service_answer ask(const shipped_services& services, const by_iin& q, const std::string& iin) {
  return services.answer(q.service, question(q.root, q.space, iin_field(iin) + q.rest));
}

std::string code(std::string_view service, std::string_view root, const std::string& space, const std::string& fields,
                 const std::string& at = "//status/code") {
  return shipped().answer(service, question(root, space, fields)).at(at);
}

/// The step of the first driving licence (P2) that says no; "nothing" when all of them say yes.
std::string stopped_by(const std::string& iin) {
  const std::string who = iin_field(iin);
  if (code("FORWARD_DRIVER_LICENSE_SYNC", "DriverCardRequest", std::string(drivers), who) != "0") return "licence held";
  if (code("MIA_UAP_RESTRICTIONS", "RestrictionsRequest", simulated("administrative-police"), who) != "1") return "restricted";
  if (code("MZ_CERTIFICATE_073U", "CertificateRequest", simulated("medical-certificate"), who) != "1") return "medical certificate";
  for (const char* group : {"1", "2"}) {
    const auto message =
        code("RDBService_STATUS", "GetRdbRequest", std::string(patients), who + "<groupId>" + group + "</groupId>", "//Message");
    if (!message.starts_with("0")) return "dispensary";
  }
  if (code("MIA_AISAS_GetSchoolInfo", "SchoolInfoRequest", simulated("driving-school"), who) != "1") return "driving school";
  if (code("MIA_EXAM_ATTEMPTS", "AttemptsRequest", simulated("driving-exam"), who) != "1") return "attempts";
  if (code("rpdrn-egov-duty-get-information", "DutyRequest", simulated("state-duty"), who) != "2") return "duty";
  if (code("MIA_UAP_DECISION", "DecisionRequest", simulated("administrative-police"), "<requestNumber>1</requestNumber>" + who) != "1")
    return "officer";
  return "nothing";
}

TEST(FirstDrivingLicence, StopsWhereThePersonasLabelSays) {
  const std::map<std::string, std::string> expected{
      {"960103091013", "nothing"},              // ok
      {"970204091024", "licence held"},         // has
      {"980305091035", "restricted"},           // a608
      {"990406091046", "restricted"},           // a613
      {"000507091050", "nothing"},              // a608past
      {"010608091061", "medical certificate"},  // nomed
      {"020709091072", "medical certificate"},  // oldmed
      {"030810091083", "medical certificate"},  // unfit
      {"040911091094", "dispensary"},           // narco
      {"051012091100", "dispensary"},           // psych
      {"961113091121", "driving school"},       // noschool
      {"971214091120", "driving school"},       // revschool
      {"980115091131", "attempts"},             // noattempts
      {"990216091142", "nothing"},              // failed
      {"000317091157", "duty"},                 // unpaid
      {"010418091168", "duty"},                 // reversed
      {"020519091179", "officer"},              // officer
      {"040721091190", "licence held"},         // expired
      {"050822091200", "licence held"},         // deprived
  };
  for (const auto& [iin, step] : expected) EXPECT_EQ(stopped_by(iin), step) << iin;
}

TEST(FirstDrivingLicence, IsJudgedByTheSimulatorsClock) {
  shipped_services later;
  later.now = noon + std::chrono::hours(24 * 365 * 10);
  const auto certificate =
      later.answer("MZ_CERTIFICATE_073U", question("CertificateRequest", simulated("medical-certificate"), iin_field("960103091013")));
  EXPECT_EQ(certificate.at("//status/code"), "3") << "in 2040 it has expired";
  const auto restriction =
      later.answer("MIA_UAP_RESTRICTIONS", question("RestrictionsRequest", simulated("administrative-police"), iin_field("980305091035")));
  EXPECT_EQ(restriction.at("//status/code"), "1") << "in 2040 it has ended";
}

TEST(FreeMeals, HaveAGroundForEachPersonaButTheOrdinaryOne) {
  const auto statuses = [](const char* iin) {
    return shipped().answer("PersonStatusUniversalServiceSync", question("p06501Request", labour, iin_field(iin))).all("//ssId");
  };
  EXPECT_EQ(statuses("150412091222"), (std::vector<std::string>{"1", "3"}));
  EXPECT_EQ(statuses("880510091217"), (std::vector<std::string>{"1", "3"})) << "one household";
  EXPECT_EQ(statuses("150412091292"), std::vector<std::string>{"2"});
  EXPECT_EQ(statuses("130909091315"), std::vector<std::string>{"3"});
  EXPECT_TRUE(statuses("120217091336").empty());
  const auto care = [](const char* iin) {
    return shipped().answer("GUARDIANSHIP_INFO", question("GuardianshipRequest", simulated("guardianship"), iin_field(iin)));
  };
  EXPECT_EQ(care("150412091262").at("//guardianIin"), "790203091239");
  EXPECT_EQ(care("790203091239").at("//wardIin"), "150412091262");
  EXPECT_EQ(care("170622091278").at("//orphan"), "false");
}

TEST(PermissionToAdvertise, AsksForALicenceInForce) {
  const auto decided = [](const char* bin) {
    return shipped()
        .answer("ELICENSE_APPLICATION",
                question("ApplicationRequest", simulated("elicense-application"),
                         "<requestNumber>1</requestNumber><iinBin>" + std::string(bin) + "</iinBin><serviceCode>P1</serviceCode>"))
        .at("//status/code");
  };
  EXPECT_EQ(decided("140290001055"), "1");
  EXPECT_EQ(decided("150390001060"), "2");
  EXPECT_EQ(decided("160490001076"), "2");
  EXPECT_EQ(decided("170590001081"), "2");
  EXPECT_EQ(decided("850315090015"), "2") << "a licence of another kind";
}

TEST(OwnProduction, AsksForTheRegisterAndTheListOfActivities) {
  const auto judged = [](const char* bin) {
    return code("PRODUCER_REGISTER_INFO", "ExtractRequest", simulated("producers"), "<bin>" + std::string(bin) + "</bin>");
  };
  EXPECT_EQ(judged("180690001097"), "1");
  EXPECT_EQ(judged("190790001101"), "2");
  EXPECT_EQ(judged("210990001125"), "3");
  EXPECT_EQ(judged("200890001121"), "0");
}

TEST(EveryService, RefusesWhatIsNotOneRequestOfItsOwn) {
  schema_check schemas;
  std::set<std::string> services;
  for (const demo_row& row : demo_rows()) services.insert(row.service_id);
  for (const std::string& service : services) {
    if (service == sync_service || service == token_service || service == company_service || service == consent_service) continue;
    for (const char* wrong : {"<r:request xmlns:r='urn:wrong'><iin>850315090015</iin></r:request>", "<data/>",
                              "<iin xmlns='urn:shepsim:contract:driving-exam:v1'>850315090015</iin>"}) {
      const auto given = shipped().answer(service, wrong);
      EXPECT_NE(given.mapping.find("refused, not one"), std::string::npos) << service << ": " << given.mapping;
      schemas.add(service, service, given.definition.body);
    }
  }
  EXPECT_GE(services.size(), 38U);
  const auto twice = shipped().answer(
      "MZ_CERTIFICATE_073U", "<d>" + question("CertificateRequest", simulated("medical-certificate"), iin_field("960103091013")) +
                                 question("CertificateRequest", simulated("medical-certificate"), iin_field("970204091024")) + "</d>");
  EXPECT_EQ(twice.at("//status/code"), "904") << "two payloads";
  if (!schema_check::available()) GTEST_SKIP() << "xmllint (package libxml2-utils) is not here";
  EXPECT_EQ(schemas.complaints(), "");
}

TEST(EveryService, AnswersForEverybodyByItsSchema) {
  if (!schema_check::available()) GTEST_SKIP() << "xmllint (package libxml2-utils) is not here";
  const shipped_services services({true, 3});
  std::vector<std::string> people;
  for (const auto& p : services.country().personas()) {
    if (p.is_person) people.push_back(p.number);
  }
  for (std::int32_t i = 0; people.size() < 160; ++i) {
    if (const auto iin = population::iin_of({i * 367 % population::days_counted, i * 7919 % population::serials_a_day}))
      people.push_back(*iin);
  }
  schema_check schemas;
  for (const by_iin& q : questions_by_iin()) {
    for (const std::string& iin : people) {
      const auto given = ask(services, q, iin);
      EXPECT_NE(given.mapping, "nothing") << q.service << " " << iin;
      EXPECT_EQ(given.mapping.find("nobody has this number"), std::string::npos) << q.service << " " << iin;
      schemas.add(std::string(q.service), std::string(q.service) + iin, given.definition.body);
    }
  }
  EXPECT_EQ(schemas.complaints(), "");
}

}  // namespace
}  // namespace shep::mocks::testing
