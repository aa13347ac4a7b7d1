#include "mocks/population/vehicles.hpp"

#include "mocks/population/kinship.hpp"

#include <algorithm>
#include <array>

namespace shep::population {
namespace {

constexpr std::uint64_t letters = 26, numbers = 1000;
constexpr std::uint64_t plates_of_a_region = numbers * letters * letters * letters;
constexpr std::uint64_t regions_of_a_kind = 30;
constexpr std::uint64_t first_region_of_people = 30, first_region_of_companies = 60, region_of_personas = 90;

constexpr std::size_t place_of_check_digit = 8;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string digits(std::uint64_t value, std::size_t width) {
  std::string text = std::to_string(value);
  return std::string(width - std::min(width, text.size()), '0') + text;
}

/// The value of a letter in the check digit of a VIN: A1 … H8, J1 … N5, P7, R9, S2 … Z9; 0 for what no VIN has.
int value_of_letter(char c) {
  constexpr std::string_view row = "12345678012345070923456789";
  return c >= 'A' && c <= 'Z' ? row[static_cast<std::size_t>(c - 'A')] - '0' : 0;
}

struct model {
  std::string_view make, name;
  int volume;
};
constexpr std::array<model, 5> models{{{"ҮЛГІ", "ОБРАЗЕЦ-1", 1600},
                                       {"ҮЛГІ", "ОБРАЗЕЦ-2", 2000},
                                       {"МЫСАЛ", "ПРИМЕР", 1400},
                                       {"СЫНАҚ", "ТЕСТ-В", 2500},
                                       {"СЫНАҚ", "ТЕСТ-Г", 1800}}};
constexpr std::uint32_t colours = 5;

}  // namespace

std::string plate_of(const plate_owner& owner) {
  const std::uint64_t within = owner.key % plates_of_a_region;
  const std::uint64_t region = owner.key / plates_of_a_region % regions_of_a_kind +
                               (owner.kind == owner_kind::person ? first_region_of_people : first_region_of_companies);
  std::uint64_t word = within / numbers;
  std::string plate = digits(within % numbers, 3);
  for (std::uint64_t unit = letters * letters; unit > 0; unit /= letters) plate += static_cast<char>('A' + word / unit % letters);
  return plate + std::to_string(region);
}

bool is_test_plate(std::string_view text) {
  if (text.size() != 8) return false;
  for (const std::size_t i : {0U, 1U, 2U, 6U, 7U})
    if (!is_digit(text[i])) return false;
  for (const std::size_t i : {3U, 4U, 5U})
    if (text[i] < 'A' || text[i] > 'Z') return false;
  const std::string_view region = text.substr(6);
  return region >= "30" && region <= "90";
}

std::optional<plate_owner> owner_of_plate(std::string_view plate) {
  if (!is_test_plate(plate)) return std::nullopt;
  const auto digit = [&plate](std::size_t at) { return static_cast<std::uint64_t>(plate[at] - '0'); };
  const auto letter = [&plate](std::size_t at) { return static_cast<std::uint64_t>(plate[at] - 'A'); };
  const std::uint64_t region = digit(6) * 10 + digit(7);
  if (region == region_of_personas) return std::nullopt;
  const owner_kind kind = region < first_region_of_companies ? owner_kind::person : owner_kind::company;
  const std::uint64_t first = kind == owner_kind::person ? first_region_of_people : first_region_of_companies;
  const std::uint64_t word = (letter(3) * letters + letter(4)) * letters + letter(5);
  const std::uint64_t number = digit(0) * 100 + digit(1) * 10 + digit(2);
  return plate_owner{kind, (region - first) * plates_of_a_region + word * numbers + number};
}

std::optional<char> vin_check_digit(std::string_view vin) {
  constexpr std::array<int, 17> weights{8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2};
  if (vin.size() != weights.size()) return std::nullopt;
  int sum = 0;
  for (std::size_t i = 0; i < vin.size(); ++i) {
    const int value = is_digit(vin[i]) ? vin[i] - '0' : value_of_letter(vin[i]);
    if (value == 0 && vin[i] != '0') return std::nullopt;
    sum += value * weights[i];
  }
  return sum % 11 == 10 ? 'X' : static_cast<char>('0' + sum % 11);
}

std::string vin_of(const plate_owner& owner) {
  const std::string key = digits(owner.key, 9);
  std::string vin = std::string("00T") + (owner.kind == owner_kind::person ? "PP" : "CC") + key.substr(0, 3) + "0RT" + key.substr(3);
  vin[place_of_check_digit] = *vin_check_digit(vin);
  return vin;
}

boost::json::object generated_vehicle(std::uint64_t seed, const plate_owner& owner, std::string_view registered) {
  const model& one = models[draw(seed, owner.key, "model of the vehicle", models.size())];
  return {{"number", plate_of(owner)},
          {"vin", vin_of(owner)},
          {"make", one.make},
          {"model", one.name},
          {"year", std::string(registered.substr(0, 4))},
          {"colour", std::to_string(1 + draw(seed, owner.key, "colour of the vehicle", colours))},
          {"category", "M1"},
          {"engineVolume", one.volume},
          {"certificate", "ТП-" + digits(owner.key, 9)},
          {"registered", registered}};
}

}  // namespace shep::population
