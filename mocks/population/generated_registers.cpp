#include "mocks/population/generated_registers.hpp"

#include "mocks/population/vehicles.hpp"

#include <array>
#include <charconv>

namespace shep::population {
namespace {

namespace json = boost::json;

// Prefixes of document numbers; what begins like this is made up (README.md, "Nobody here exists").
constexpr std::array<std::string_view, 7> prefixes{"TS", "073Т", "АШТ", "ТБД", "97", "АТП", "АТ"};

constexpr std::size_t key_digits = 9;

constexpr std::string_view duty_prefix = "ТБ-";  // the IIN follows

constexpr std::array<std::pair<std::string_view, std::string_view>, 26> register_codes{
    {{"driverLicence.state", "1"}, {"driverLicence.state", "2"}, {"article", "608-6"},     {"article", "613-9"},
     {"conclusion", "1"},          {"conclusion", "2"},          {"patientGroup", "1"},    {"patientGroup", "2"},
     {"patientGroup", "3"},        {"drivingSchool.state", "1"}, {"duties.state", "1"},    {"duties.state", "2"},
     {"vehicles.colour", "1"},     {"vehicles.colour", "2"},     {"vehicles.colour", "3"}, {"vehicles.colour", "4"},
     {"vehicles.colour", "5"},     {"vehicles.category", "M1"},  {"printJobs.state", "4"}, {"disability.group", "2"},
     {"disability.group", "3"},    {"guardianKind", "1"},        {"guardianKind", "3"},    {"diplomas.state", "1"},
     {"requests.state", "3"},      {"serviceCode", "P2"}}};

}  // namespace

std::span<const std::pair<std::string_view, std::string_view>> generated_registers::codes() { return register_codes; }

std::string registers::number(std::string_view prefix, birth b) {
  std::string digits = std::to_string(key_of(b));
  digits.insert(0, key_digits - digits.size(), '0');
  return std::string(prefix) + digits;
}

const std::string* generated_registers::school(std::string_view kind, birth b) const {
  const auto found = schools_.find(kind);
  if (found == schools_.end() || found->second.empty()) return nullptr;
  return &found->second[chance(b, "school", static_cast<std::uint32_t>(found->second.size()))];
}

std::optional<birth> generated_registers::holder(std::string_view document) const {
  std::optional<birth> named;
  if (const auto owner = owner_of_plate(document)) {
    if (owner->kind == owner_kind::company || owner->key / serials_a_day >= days_counted) return std::nullopt;
    named = birth{static_cast<std::int32_t>(owner->key / serials_a_day), static_cast<std::int32_t>(owner->key % serials_a_day)};
  } else if (document.starts_with(duty_prefix)) {
    named = birth_of(document.substr(duty_prefix.size()));
  }
  if (named) return kinship_.exists(*named) ? named : std::nullopt;
  for (const std::string_view prefix : prefixes) {
    if (!document.starts_with(prefix) || document.size() < prefix.size() + key_digits) continue;
    const std::string_view digits = document.substr(prefix.size(), key_digits);
    std::uint64_t key = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), key);
    if (error != std::errc() || end != digits.data() + digits.size()) continue;
    const birth found{static_cast<std::int32_t>(key / serials_a_day), static_cast<std::int32_t>(key % serials_a_day)};
    if (kinship_.exists(found)) return found;
  }
  return std::nullopt;
}

json::object generated_registers::of_person(birth b, std::optional<std::int32_t> death) const {
  json::object held;
  add_civil(held, b);
  if (death) return held;
  add_driving(held, b);
  add_social(held, b);
  add_guardianship(held, b);
  add_education(held, b);
  return held;
}

}  // namespace shep::population
