#pragma once

#include "mocks/population/kinship.hpp"

#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

namespace shep::population {

/// BINs of curated organisations by the field `school` that their records have: "general", "vocational", "driving".
using school_list = std::map<std::string, std::vector<std::string>, std::less<>>;

/// What the registers of the ministries hold about somebody generated: the member `registers` of the record (README.md, "Registers").
/// Computed from the number and the relations, so both sides of a relation agree. Immutable, any thread.
class generated_registers {
 public:
  generated_registers(std::uint64_t seed, const kinship& relations, const school_list& schools)
      : seed_(seed), kinship_(relations), schools_(schools) {}

  /// `death`: the day, empty for the living. The dead keep their civil records only.
  boost::json::object of_person(birth, std::optional<std::int32_t> death) const;

  /// A document's number is a prefix of its kind, then the holder's key (README.md); plates and duties have rules of their own. Empty for
  /// anything else, and where nobody holds it.
  std::optional<birth> holder(std::string_view document_number) const;

  /// Every dictionary code that is written here.
  static std::span<const std::pair<std::string_view, std::string_view>> codes();

 private:
  // One subject a file: generated_drivers.cpp, generated_households.cpp, generated_education.cpp.
  void add_driving(boost::json::object& registers, birth) const;
  void add_civil(boost::json::object& registers, birth) const;
  void add_social(boost::json::object& registers, birth) const;
  void add_guardianship(boost::json::object& registers, birth) const;
  void add_education(boost::json::object& registers, birth) const;

  std::uint32_t chance(birth b, purpose why, std::uint32_t sides) const { return draw(seed_, key_of(b), why, sides); }
  const std::string* school(std::string_view kind, birth) const;

  std::uint64_t seed_;
  const kinship& kinship_;
  const school_list& schools_;
};

namespace registers {

inline constexpr std::int32_t year_days = 365;

/// Full years on 2026-01-01, the day that all ages are counted to.
inline std::int32_t age(birth b) { return (days_counted - b.day) * 100 / 36525; }

/// "TS900000001": the prefix, then the key in nine digits.
std::string number(std::string_view prefix, birth);

}  // namespace registers
}  // namespace shep::population
