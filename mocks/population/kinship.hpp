#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Who a generated person is related to, from the number alone: nothing is stored, and both sides of a relation agree.
namespace shep::population {

/// Where a test IIN stands: the day of birth and the serial number of that day.
struct birth {
  std::int32_t day;  ///< from 1926-01-01; a test IIN has no century digit, so the years 26…99 are of the last century, 00…25 of this one
  std::int32_t serial;  ///< 0…9999; even men, odd women

  friend bool operator==(const birth&, const birth&) = default;
};

inline bool is_man(birth b) { return b.serial % 2 == 0; }

inline constexpr std::int32_t days_counted = 36525;  ///< up to 2025-12-31
inline constexpr std::int32_t serials_a_day = 10000;

std::optional<birth> birth_of(std::string_view test_iin);
std::optional<std::string> iin_of(birth);                   ///< empty when the number is not issued (no check digit)
std::string date_of(std::int32_t day);                      ///< YYYY-MM-DD, also behind the calendar's end
std::optional<std::int32_t> day_of(std::string_view date);  ///< YYYY-MM-DD and anything after it; empty outside 1926…2025

/// What a drawn number is for, so that the draws of one person do not depend on each other. Made from a text while compiling.
struct purpose {
  std::uint64_t hash = 14695981039346656037ULL;
  consteval purpose(const char* text) {
    // FNV-1a
    while (*text != 0) hash = (hash ^ static_cast<unsigned char>(*text++)) * 1099511628211ULL;
  }
};

/// A number between 0 and `sides` - 1 that depends on everything given and on nothing else.
std::uint32_t draw(std::uint64_t seed, std::uint64_t key, purpose, std::uint32_t sides);

/// The key of a person.
inline std::uint64_t key_of(birth b) { return static_cast<std::uint64_t>(b.day) * serials_a_day + static_cast<std::uint64_t>(b.serial); }

/// Marriage joins a man and a woman within blocks of 800 days, mirrored, with serials 2k and 2k + 1; a child stands 9600 days, or 10700 for
/// a daughter, after the father, with his serial or the next: so each relation can be computed from either end.
class kinship {
 public:
  /// `is_curated` names the people who have relations of their own.
  kinship(std::uint64_t seed, std::function<bool(birth)> is_curated) : seed_(seed), is_curated_(std::move(is_curated)) {}

  /// Issued, inside the calendar, and not a curated person: this is somebody generated.
  bool exists(birth) const;

  std::optional<birth> spouse(birth) const;
  std::optional<birth> former_spouse(birth) const;  ///< of those whose marriage ended; they have no other, and no children together
  std::optional<birth> father(birth) const;
  std::vector<birth> children(birth) const;  ///< of a man and of his wife alike

 private:
  std::optional<birth> counterpart(birth, std::uint32_t from, std::uint32_t to) const;

  std::uint64_t seed_;
  std::function<bool(birth)> is_curated_;
};

}  // namespace shep::population
