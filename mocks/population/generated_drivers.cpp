#include "mocks/population/generated_registers.hpp"
#include "mocks/population/vehicles.hpp"

#include <algorithm>

namespace shep::population {
namespace {

namespace json = boost::json;
using namespace registers;

constexpr std::int32_t least_age = 18;
constexpr std::uint32_t drivers_of_100 = 45;
constexpr std::uint32_t learners_of_100 = 30;
constexpr std::int32_t learners_are_younger_than = 40;
constexpr std::uint32_t owners_of_100_drivers = 60;
constexpr std::int32_t licence_lasts = 3652;
constexpr std::int32_t certificate_lasts = 730;
constexpr std::uint32_t attempts_allowed = 3;
constexpr std::string_view polyclinic = "Городская поликлиника № 90 (тест)";
constexpr std::string_view department = "Отдел административной полиции (тест)";

}  // namespace

void generated_registers::add_driving(json::object& held, birth b) const {
  json::array restrictions, patient, duties, jobs, requests, vehicles;
  const bool grown = age(b) >= least_age;
  const std::uint32_t group = chance(b, "dispensary", 300);
  if (grown && group < 3) {
    patient.push_back(json::object{{"patientGroup", std::to_string(group + 1)},
                                   {"since", date_of(days_counted - 1 - static_cast<std::int32_t>(chance(b, "patient since", 2000)))}});
  }
  const std::uint32_t fate = chance(b, "driving", 100);
  const std::int32_t able = b.day + least_age * year_days + 5;
  const bool may_drive = able < days_counted;
  const bool drives = may_drive && fate < drivers_of_100;
  const bool learns = may_drive && !drives && fate < drivers_of_100 + learners_of_100 && age(b) < learners_are_younger_than;
  if (drives || learns) {
    // Whoever drives was examined within the last ten years, whoever learns within the last one.
    const std::int32_t window = std::min(days_counted - able, drives ? licence_lasts : year_days);
    const std::int32_t day = days_counted - 1 - static_cast<std::int32_t>(chance(b, "examined", static_cast<std::uint32_t>(window)));
    const json::array categories{"B"};
    const bool offended = chance(b, "offended", 100) < 3;
    if (offended) {
      const std::int32_t decided = std::max(day, days_counted - 200);  // nobody gets a licence after that
      restrictions.push_back(json::object{{"article", chance(b, "article", 2) == 0 ? "608-6" : "613-9"},
                                          {"decision", number("АТ", b)},
                                          {"decided", date_of(decided)},
                                          {"until", date_of(decided + 3 * year_days)},
                                          {"authority", department}});
    }
    const bool fit = drives || chance(b, "fit", 100) >= 4;
    held["medicalCertificate"] = {
        {"number", number("073Т", b)}, {"issued", date_of(day)},   {"validUntil", date_of(day + certificate_lasts)},
        {"organization", polyclinic},  {"categories", categories}, {"conclusion", fit ? "1" : "2"}};
    if (const auto* bin = school("driving", b)) {
      held["drivingSchool"] = {{"number", number("АШТ", b)}, {"bin", *bin},        {"categories", categories},
                               {"from", date_of(day - 70)},  {"to", date_of(day)}, {"state", "1"}};
    }
    const std::uint32_t used = drives ? 1 : chance(b, "attempts", attempts_allowed + 1);
    json::array attempts;
    for (std::uint32_t i = 0; i < used; ++i) {
      const std::int32_t taken = std::min(day + static_cast<std::int32_t>(i), days_counted - 1);
      attempts.push_back(json::object{{"kind", "theory"}, {"date", date_of(taken)}, {"score", drives ? 38 : 20}, {"passed", drives}});
    }
    held["examination"] = {
        {"allowed", attempts_allowed}, {"used", used}, {"left", attempts_allowed - used}, {"attempts", std::move(attempts)}};
    // One duty at a time, so that its number can tell whose it is.
    json::object duty{
        {"number", "ТБ-" + *iin_of(b)}, {"purpose", "1"}, {"amount", "4915"}, {"issued", date_of(day)}, {"state", drives ? "2" : "1"}};
    if (drives) duty["paid"] = date_of(day);
    duties.push_back(std::move(duty));
    if (drives && chance(b, "owns a vehicle", 100) < owners_of_100_drivers)
      vehicles.push_back(generated_vehicle(seed_, {owner_kind::person, key_of(b)}, date_of(day)));
    if (drives) {
      held["driverLicence"] = {{"series", "TS"},
                               {"number", number("TS", b)},
                               {"categories", categories},
                               {"issued", date_of(day)},
                               {"expires", date_of(day + licence_lasts)},
                               {"department", department},
                               {"state", offended ? "2" : "1"}};
      jobs.push_back(json::object{{"number", number("АТП", b)},
                                  {"licence", number("TS", b)},
                                  {"state", "4"},
                                  {"accepted", date_of(day)},
                                  {"printed", date_of(day)},
                                  {"delivered", date_of(day)},
                                  {"handedOver", date_of(day)}});
      requests.push_back(json::object{{"number", number("97", b) + "001"},
                                      {"serviceCode", "P2"},
                                      {"registered", date_of(day)},
                                      {"deadline", date_of(day + 1)},
                                      {"finished", date_of(day)},
                                      {"state", "3"}});
    }
  }
  held["restrictions"] = std::move(restrictions);
  held["dispensary"] = std::move(patient);
  held["duties"] = std::move(duties);
  held["printJobs"] = std::move(jobs);
  held["requests"] = std::move(requests);
  held["vehicles"] = std::move(vehicles);
}

}  // namespace shep::population
