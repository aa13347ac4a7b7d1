#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <boost/json/object.hpp>

/// Vehicles that no road has seen (README.md, "Vehicles"): their plates and VINs are computed from the owner's key, and back.
namespace shep::population {

enum class owner_kind { person, company };

struct plate_owner {
  owner_kind kind;
  std::uint64_t key;

  friend bool operator==(const plate_owner&, const plate_owner&) = default;
};

/// Three digits, three letters and a region that does not exist: 30 to 59 of people, 60 to 89 of companies. The key has nine digits at
/// most.
std::string plate_of(const plate_owner&);

/// The owner that a plate is computed from, who need not exist. Empty for the plates of real regions, and of curated vehicles (region 90).
std::optional<plate_owner> owner_of_plate(std::string_view plate);

/// What may be a plate in the simulator: three digits, three Latin letters, a region of 30 to 90.
bool is_test_plate(std::string_view text);

/// The check digit of a VIN, which stands ninth. Empty when the text is not 17 digits and letters other than I, O, Q.
std::optional<char> vin_check_digit(std::string_view vin);

/// 17 characters with the right check digit; the maker's code is 00T, and no maker has one that begins with 0.
std::string vin_of(const plate_owner&);

/// An entry of `registers.vehicles`, coded values as bare codes.
boost::json::object generated_vehicle(std::uint64_t seed, const plate_owner&, std::string_view registered);

}  // namespace shep::population
