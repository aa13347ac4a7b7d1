#include "mocks/population/generated_registers.hpp"

namespace shep::population {
namespace {

namespace json = boost::json;
using namespace registers;

constexpr std::int32_t first_class = 7;
constexpr std::int32_t college_from = 16;
constexpr std::int32_t college_to = 20;
constexpr std::uint32_t graduates_of_100 = 60;
constexpr std::int32_t keeps_records_for = 40;  // years: what is older was never entered

}  // namespace

void generated_registers::add_education(json::object& held, birth b) const {
  json::object education;
  const bool studies_on = chance(b, "vocational", 100) < graduates_of_100;
  const auto* general = school("general", b);
  const auto* college = school("vocational", b);
  if (age(b) >= first_class && age(b) < college_from && general != nullptr) {
    education["enrolment"] = {
        {"bin", *general}, {"grade", std::to_string(age(b) - first_class + 1)}, {"since", date_of(b.day + first_class * year_days)}};
  } else if (age(b) >= college_from && age(b) < college_to && studies_on && college != nullptr) {
    education["enrolment"] = {
        {"bin", *college}, {"grade", std::to_string(age(b) - college_from + 1)}, {"since", date_of(b.day + college_from * year_days + 30)}};
  }
  json::array diplomas;
  if (age(b) >= college_to && age(b) < college_to + keeps_records_for && studies_on && college != nullptr) {
    diplomas.push_back(json::object{{"number", number("ТБД", b)},
                                    {"bin", *college},
                                    {"issued", date_of(b.day + college_to * year_days)},
                                    {"speciality", chance(b, "speciality", 2) == 0 ? "Техник-программист" : "Медицинская сестра"},
                                    {"state", "1"}});
  }
  education["diplomas"] = std::move(diplomas);
  held["education"] = std::move(education);
}

}  // namespace shep::population
