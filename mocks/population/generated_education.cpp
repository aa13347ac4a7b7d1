#include "mocks/population/generated_registers.hpp"

namespace shep::population {
namespace {

namespace json = boost::json;
using namespace registers;

constexpr std::int32_t first_class = 7;
constexpr std::int32_t this_year = 2026;
constexpr std::int32_t college_from = 16;
constexpr std::int32_t college_to = 20;
constexpr std::uint32_t graduates_of_100 = 60;
constexpr std::int32_t keeps_records_for = 20;  // years: the curated colleges are not much older

json::object enrolment(std::string_view bin, std::int32_t grade) {
  return {{"bin", bin}, {"grade", std::to_string(grade)}, {"since", std::to_string(this_year - grade) + "-09-01"}};
}

}  // namespace

void generated_registers::add_education(json::object& held, birth b) const {
  json::object education;
  const bool studies_on = chance(b, "vocational", 100) < graduates_of_100;
  const auto* general = school("general", b);
  const auto* college = school("vocational", b);
  if (age(b) >= first_class && age(b) < college_from && general != nullptr) {
    education["enrolment"] = enrolment(*general, age(b) - first_class + 1);
  } else if (age(b) >= college_from && age(b) < college_to && studies_on && college != nullptr) {
    education["enrolment"] = enrolment(*college, age(b) - college_from + 1);
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
