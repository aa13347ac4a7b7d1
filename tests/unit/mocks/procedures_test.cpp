#include "mocks/population/kinship.hpp"
#include "shipped_services.hpp"

#include <set>

/// The procedures of systems.md section 2, asked of the services step by step: every persona ends where its label says.
namespace shep::mocks::testing {
namespace {

std::string question(std::string_view root, std::string_view space, const std::string& fields) {
  return "<q:" + std::string(root) + " xmlns:q='" + std::string(space) + "'>" + fields + "</q:" + std::string(root) + ">";
}

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

/// One applicant on the way through P2, a step at a time, so that many can be under way at once.
class applicant {
 public:
  applicant(const shipped_services& services, std::string iin, bool pays) : services_(services), iin_(std::move(iin)), pays_(pays) {}

  static constexpr int first_step = 4, last_step = 18;

  /// The step's number and the inner result that ended the procedure; empty while all is well.
  const std::string& ended() const { return ended_; }

  void go(int step) {
    if (!ended_.empty()) return;
    const std::string code = refusal(step);
    if (!code.empty()) ended_ = std::to_string(step) + ": " + code;
  }

  std::string asked(std::string_view service, std::string_view root, const std::string& space, const std::string& fields,
                    const std::string& at = "//status/code") const {
    return services_.answer(service, question(root, space, fields)).at(at);
  }
  std::string licence() const { return asked("FORWARD_DRIVER_LICENSE_SYNC", "DriverCardRequest", std::string(drivers), who()); }
  std::string card() const { return asked("PRINT_LICENCE_STATUS", "JobRequest", simulated("licence-printing"), who()); }
  std::string duty() const { return asked("rpdrn-egov-duty-get-information", "DutyRequest", simulated("state-duty"), who()); }
  std::string pay(const std::string& amount) const {
    return asked("rpdrn-egov-duty-register-payment", "PaymentRequest", simulated("state-duty"),
                 "<number>ТБ-" + iin_ + "</number><amount>" + amount + "</amount>");
  }
  std::string left() const { return asked("MIA_EXAM_ATTEMPTS", "AttemptsRequest", simulated("driving-exam"), who(), "//left"); }
  std::string order() const {
    return asked("PRINT_LICENCE_ORDER", "OrderRequest", simulated("licence-printing"), who() + "<requestNumber>1</requestNumber>");
  }
  std::string officer() const {
    return asked("MIA_UAP_DECISION", "DecisionRequest", simulated("administrative-police"), who() + "<requestNumber>1</requestNumber>");
  }
  std::string book(const std::string& kind) const {
    return asked("MIA_EXAM_BOOKING", "BookingRequest", simulated("driving-exam"),
                 who() + "<kind>" + kind + "</kind><date>2026-12-15</date>");
  }
  std::string result(const std::string& kind) const {
    return asked("MIA_EXAM_RESULT", "ResultRequest", simulated("driving-exam"), who() + "<kind>" + kind + "</kind>");
  }

 private:
  std::string who() const { return iin_field(iin_); }

  static std::string unless(const std::string& wanted, const std::string& code) { return code == wanted ? "" : code; }

  /// Booked, or booked and passed long ago: what counts is the result.
  std::string examined(const std::string& kind) const {
    const std::string booked = book(kind);
    if (booked != "1" && booked != "4" && booked != "5") return "booking " + booked;
    const std::string passed = result(kind);
    return passed == "1" ? "" : "result " + passed;
  }

  std::string refusal(int step) const {
    switch (step) {
      case 4: return unless("VALID", services_.answer(consent_service, consent_request(iin_)).at("//status"));
      case 5: return unless("0", licence());
      case 6: return unless("1", asked("MIA_UAP_RESTRICTIONS", "RestrictionsRequest", simulated("administrative-police"), who()));
      case 7: return unless("1", asked("MZ_CERTIFICATE_073U", "CertificateRequest", simulated("medical-certificate"), who()));
      case 8:
        for (const char* group : {"1", "2"}) {
          const auto said =
              asked("RDBService_STATUS", "GetRdbRequest", std::string(patients), who() + "<groupId>" + group + "</groupId>", "//Message");
          if (!said.starts_with("0")) return std::string("group ") + group;
        }
        return "";
      case 9: return unless("1", asked("MIA_AISAS_GetSchoolInfo", "SchoolInfoRequest", simulated("driving-school"), who()));
      case 10: return unless("1", asked("MIA_EXAM_ATTEMPTS", "AttemptsRequest", simulated("driving-exam"), who()));
      case 13: return examined("theory");
      case 14: return examined("practice");
      case 15:
        if (pays_ && duty() == "1" && pay("4915") != "1") return "payment";
        return unless("2", duty());
      case 16: return unless("1", officer());
      case 17:
        if (const auto ordered = order(); ordered != "1") return "order " + ordered;
        for (const char* stage : {"1", "2", "3"}) {
          if (card() != stage) return std::string("card is not at ") + stage;
        }
        return "";
      case 18: return unless("4", card());
      default: return "";  // what happens in the channel alone
    }
  }

  const shipped_services& services_;
  std::string iin_;
  bool pays_;
  std::string ended_;
};

/// Everybody takes the first step, then everybody the second, …: no conversation may disturb another.
std::map<std::string, std::string> walked(const shipped_services& services, const std::vector<std::string>& people, bool pay) {
  std::vector<applicant> applicants;
  for (const std::string& iin : people) applicants.emplace_back(services, iin, pay);
  for (int step = applicant::first_step; step <= applicant::last_step; ++step)
    for (applicant& one : applicants) one.go(step);
  std::map<std::string, std::string> ends;
  for (std::size_t i = 0; i < people.size(); ++i) ends[people[i]] = applicants[i].ended();
  return ends;
}

const std::map<std::string, std::string>& ends_of_the_procedure() {
  static const std::map<std::string, std::string> all{
      {"960103091013", ""},               // everything in order
      {"000507091050", ""},               // a restriction that has ended
      {"030620091184", ""},               // booked in the register
      {"001109091436", ""},               // the theory passed long ago
      {"780130090054", "4: INVALID"},     // refuses consent
      {"900414090065", "4: PENDING"},     // has not answered yet
      {"950703090085", "4: TIMEOUT"},     // never answers
      {"680508090107", "4: NOT_FOUND"},   // no phone
      {"970204091024", "5: 1"},           // holds a licence
      {"040721091190", "5: 3"},           // it has expired
      {"050822091200", "5: 2"},           // deprived of it
      {"980305091035", "6: 2"},           // article 608
      {"990406091046", "6: 2"},           // article 613
      {"010608091061", "7: 0"},           // no 073/у
      {"030810091083", "7: 2"},           // unfit
      {"020709091072", "7: 3"},           // expired
      {"040911091094", "8: group 1"},     // narcology
      {"051012091100", "8: group 2"},     // psychiatry
      {"961113091121", "9: 0"},           // no school
      {"971214091120", "9: 2"},           // certificate revoked
      {"980115091131", "10: 2"},          // no attempts
      {"990216091142", "13: result 2"},   // fails the theory
      {"980907091414", "14: result 2"},   // fails the practice
      {"991008091421", "14: booking 2"},  // no attempt left for the practice
      {"000317091157", "15: 1"},          // duty unpaid
      {"970806091403", "15: 1"},          // learner at the very start
      {"010418091168", "15: 3"},          // reversed
      {"020519091179", "16: 2"},          // the officer decides against
  };
  return all;
}

TEST(FirstDrivingLicence, WalkedInOrderEndsForEachPersonaAtItsStep) {
  const shipped_services services;
  std::vector<std::string> people;
  for (const auto& [iin, end] : ends_of_the_procedure()) people.push_back(iin);
  EXPECT_EQ(walked(services, people, false), ends_of_the_procedure());
}

TEST(FirstDrivingLicence, IsIssuedToWhoeverPaysAndIsHeldAfterwards) {
  const shipped_services services;
  for (const char* iin : {"000317091157", "970806091403"}) {
    EXPECT_EQ(walked(services, {iin}, true).at(iin), "");
    EXPECT_EQ(walked(services, {iin}, true).at(iin), "5: 1") << "a second application meets the licence of the first";
    EXPECT_EQ(applicant(services, iin, true).card(), "4");
  }
}

TEST(FirstDrivingLicence, GoesToTheEndForGeneratedLearners) {
  shipped_services services({true, 3});
  services.now = std::chrono::sys_days(std::chrono::year(2026) / 1 / 5) + std::chrono::hours(7);  // their certificates last two years
  std::size_t issued = 0;
  for (std::int32_t i = 0; issued < 5 && i < 20000; ++i) {
    const auto iin = population::iin_of({25000 + i * 7 % 5000, i * 7919 % population::serials_a_day});
    if (!iin ||
        services.answer("MIA_EXAM_ATTEMPTS", question("AttemptsRequest", simulated("driving-exam"), iin_field(*iin))).at("//left") != "3")
      continue;
    const std::string end = walked(services, {*iin}, true).at(*iin);
    issued += end.empty() ? 1U : 0U;
    EXPECT_TRUE(end.empty() || std::atoi(end.c_str()) < 10) << *iin << " " << end << ": three attempts are enough";
  }
  EXPECT_EQ(issued, 5U);
}

TEST(Memory, AttemptsGoDownAndNothingIsTakenTwice) {
  const shipped_services services;
  const applicant a(services, "970806091403", false), other(services, "980907091414", false);
  EXPECT_EQ(a.book("practice"), "6") << "the theory comes first";
  EXPECT_EQ(a.result("theory"), "3") << "nothing is taken that was not booked";
  EXPECT_EQ(a.book("theory"), "1");
  EXPECT_EQ(a.book("theory"), "4");
  EXPECT_EQ(a.left(), "3");
  EXPECT_EQ(a.result("practice"), "3");
  EXPECT_EQ(a.result("theory"), "1");
  EXPECT_EQ(a.left(), "2");
  EXPECT_EQ(a.result("theory"), "1");
  EXPECT_EQ(a.left(), "2") << "asking again takes nothing";
  EXPECT_EQ(a.book("theory"), "5");
  EXPECT_EQ(a.book("practice"), "1");
  EXPECT_EQ(a.book("practice"), "4");
  EXPECT_EQ(a.result("practice"), "1");
  EXPECT_EQ(a.left(), "1");
  EXPECT_EQ(a.book("practice"), "5");
  EXPECT_EQ(other.left(), "2") << "another's conversation";
}

TEST(Memory, WhoeverFailsRunsOutOfAttempts) {
  const shipped_services services;
  const applicant a(services, "990216091142", false);
  for (const char* left : {"1", "0"}) {
    EXPECT_EQ(a.book("theory"), "1");
    EXPECT_EQ(a.result("theory"), "2");
    EXPECT_EQ(a.left(), left);
  }
  EXPECT_EQ(a.book("theory"), "2");
  EXPECT_EQ(a.book("practice"), "6");
}

TEST(Memory, ADutyIsPaidOnce) {
  const shipped_services services;
  const applicant unpaid(services, "000317091157", false), reversed(services, "010418091168", false),
      early(services, "970806091403", false);
  EXPECT_EQ(unpaid.order(), "2");
  EXPECT_EQ(unpaid.pay("1"), "3");
  EXPECT_EQ(unpaid.duty(), "1") << "a wrong amount pays nothing";
  EXPECT_EQ(unpaid.pay("4915"), "1");
  EXPECT_EQ(unpaid.duty(), "2");
  EXPECT_EQ(unpaid.pay("4915"), "2");
  EXPECT_EQ(reversed.duty(), "3");
  EXPECT_EQ(reversed.pay("4915"), "1");
  EXPECT_EQ(reversed.duty(), "2");
  EXPECT_EQ(early.duty(), "1") << "another's conversation";
  EXPECT_EQ(unpaid.order(), "1");
  EXPECT_EQ(unpaid.order(), "3");
  EXPECT_EQ(unpaid.duty(), "2") << "paid it stays";
  const auto by_number =
      unpaid.asked("rpdrn-egov-duty-get-information", "DutyRequest", simulated("state-duty"), "<number>ТБ-000317091157</number>");
  EXPECT_EQ(by_number, "2");
  EXPECT_EQ(unpaid.asked("rpdrn-egov-duty-register-payment", "PaymentRequest", simulated("state-duty"),
                         "<number>970806091403</number><amount>4915</amount>"),
            "0")
      << "an IIN is no number of a duty";
  EXPECT_EQ(unpaid.asked("rpdrn-egov-duty-get-information", "DutyRequest", simulated("state-duty"), "<number>970806091403</number>"), "0");
}

TEST(Memory, ABookingNeedsADayOfTheCalendar) {
  const shipped_services services;
  const applicant a(services, "970806091403", false);
  const auto booked = [&a](const std::string& dates) {
    return a.asked("MIA_EXAM_BOOKING", "BookingRequest", simulated("driving-exam"), "<iin>970806091403</iin><kind>theory</kind>" + dates);
  };
  for (const char* wrong : {"", "<date/>", "<date>2026-02-30</date>", "<date>2026-13-01</date>", "<date>0000-00-00</date>",
                            "<date>15.12.2026</date>", "<date>2026-12-15Z</date>", "<date>2026-02-30</date><date>2026-12-15</date>"})
    EXPECT_EQ(booked(wrong), "903") << wrong;
  EXPECT_EQ(a.result("theory"), "3") << "what was refused is not booked";
  EXPECT_EQ(booked("<date> 2028-02-29 </date>"), "1");
}

TEST(Memory, AnOrderedCardIsAskedForByItsOwnNumberOnly) {
  const shipped_services services;
  const applicant a(services, "960103091013", false);
  const auto job = [&a](const std::string& number) {
    return a.asked("PRINT_LICENCE_STATUS", "JobRequest", simulated("licence-printing"), "<number>" + number + "</number>");
  };
  EXPECT_EQ(job("АТ-960103091013"), "0") << "not ordered yet";
  EXPECT_EQ(a.order(), "1");
  for (const char* other : {"ТБ-960103091013", "x-960103091013", "АТ-9601030910131", "960103091013"}) EXPECT_EQ(job(other), "0") << other;
  EXPECT_EQ(job("АТ-900001"), "2") << "a job of the register is another job";
  EXPECT_EQ(job("АТ-960103091013"), "1") << "nobody else's question has moved it";
  EXPECT_EQ(a.card(), "2");
}

TEST(Memory, ConsentComesWithTheSecondQuestionForTheSameService) {
  const shipped_services services;
  const auto asked = [&services](const std::string& access) {
    std::string request = consent_request("900414090065");
    const std::string usual = "GBDFLUniversal_token";
    request.replace(request.find(usual), usual.size(), access);
    return services.answer(consent_service, request).at("//status");
  };
  EXPECT_EQ(asked("GBDFLUniversal_token"), "PENDING");
  EXPECT_EQ(asked("GbdulReport3007_KDP"), "PENDING") << "another service, another question";
  EXPECT_EQ(asked("GBDFLUniversal_token"), "VALID");
  EXPECT_EQ(asked("GBDFLUniversal_token"), "VALID");
}

TEST(Memory, TheOfficersDecisionOnAnApplicationStays) {
  shipped_services services;
  const applicant against(services, "020519091179", false), in_favour(services, "960103091013", false);
  EXPECT_EQ(against.officer(), "2");
  EXPECT_EQ(in_favour.officer(), "1");
  EXPECT_EQ(against.officer(), "2");
  EXPECT_EQ(against.order(), "4") << "no card against the officer's decision";
  EXPECT_EQ(services
                .answer("MIA_UAP_DECISION", question("DecisionRequest", simulated("administrative-police"),
                                                     "<requestNumber>1</requestNumber><iin>020519091179</iin>"))
                .mapping,
            "Adm. police: the officer decided against the application before");
}

TEST(Vehicles, AreFoundByPlateAndOwnerAndRememberArrests) {
  const shipped_services services;
  const auto vehicles = [&services](std::string_view id, std::string_view root, const std::string& fields) {
    return services.answer(id, question(root, simulated("vehicles"), fields));
  };
  const auto plate = [](const std::string& p) { return "<srnp>" + p + "</srnp>"; };
  const std::string by = "<authority>a</authority><document>d</document><date>2026-11-20</date>";
  const auto limits = [&](const std::string& p) {
    return vehicles("MIA_AISSC_VEHICLE_LIMITS_INFO", "VehicleLimitsRequest", plate(p)).all("//limit/kind/code");
  };
  const auto set = [&](const std::string& p) {
    return vehicles("MIA_AISSC_VEHICLE_SET_ARREST", "SetArrestRequest", plate(p) + by).at("//status/code");
  };
  const auto remove = [&](const std::string& p) {
    return vehicles("MIA_AISSC_VEHICLE_REMOVE_ARREST", "RemoveArrestRequest", plate(p) + by).at("//status/code");
  };
  using codes = std::vector<std::string>;
  EXPECT_EQ(vehicles("MIA_AISSC_VEHICLE_INFO_EXTENDED", "VehicleInfoExtendedRequest", plate("903TST90")).at("//owner/iinBin"),
            "140290001055");
  EXPECT_EQ(vehicles("MIA_AISSC_VEHICLE_INFO", "VehicleInfoRequest", plate("970204091024")).at("//status/code"), "902")
      << "an IIN is no plate";
  EXPECT_EQ(limits("901TST90"), codes{});
  EXPECT_EQ(remove("901TST90"), "3");
  EXPECT_EQ(set("901TST90"), "1");
  EXPECT_EQ(set("901TST90"), "3");
  EXPECT_EQ(limits("901TST90"), codes{"1"});
  EXPECT_EQ(limits("903TST90"), codes{}) << "another vehicle";
  EXPECT_EQ(remove("901TST90"), "1");
  EXPECT_EQ(limits("901TST90"), codes{});
  EXPECT_EQ(limits("902TST90"), (codes{"1", "2"}));
  EXPECT_EQ(set("902TST90"), "3");
  EXPECT_EQ(remove("902TST90"), "1");
  EXPECT_EQ(limits("902TST90"), codes{"2"}) << "the pledge stays";
  EXPECT_EQ(set("902TST90"), "1");
  EXPECT_EQ(limits("902TST90"), (codes{"1", "2"}));
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
  EXPECT_GE(services.size(), 45U);
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
  std::size_t vehicles = 0;
  for (const std::string& iin : people) {
    const auto owned = services.answer("MIA_AISSC_VEHICLE_INFO_EXTENDED",
                                       question("VehicleInfoExtendedRequest", simulated("vehicles"), "<iinBin>" + iin + "</iinBin>"));
    schemas.add("MIA_AISSC_VEHICLE_INFO_EXTENDED", "vehicles" + iin, owned.definition.body);
    for (const std::string& plate : owned.all("//vehicle/srnp")) {
      ++vehicles;
      const auto one =
          services.answer("MIA_AISSC_VEHICLE_INFO", question("VehicleInfoRequest", simulated("vehicles"), "<srnp>" + plate + "</srnp>"));
      EXPECT_EQ(one.at("//srnp"), plate) << iin;
      schemas.add("MIA_AISSC_VEHICLE_INFO", plate, one.definition.body);
    }
  }
  EXPECT_GT(vehicles, 10U);
  EXPECT_EQ(schemas.complaints(), "");
}

}  // namespace
}  // namespace shep::mocks::testing
