#include "mocks/population/kinship.hpp"

#include "mocks/population/identifiers.hpp"

#include <array>
#include <chrono>
#include <cstdio>

namespace shep::population {
namespace {

using std::chrono::sys_days;
using std::chrono::year_month_day;

constexpr sys_days first_day{std::chrono::year{1926} / 1 / 1};
constexpr std::int32_t marriage_block = 800;
constexpr std::int32_t born_after_father = 9600;
constexpr std::int32_t daughters_later = 1100;
constexpr std::int32_t grown_up = days_counted - 20 * 366;
constexpr std::uint32_t married_of_100 = 60;
constexpr std::uint32_t children_of_100 = 55;

int number_at(std::string_view text, std::size_t at, std::size_t digits) {
  int value = 0;
  for (std::size_t i = at; i < at + digits; ++i) value = value * 10 + (text[i] - '0');
  return value;
}

bool is_man(birth b) { return b.serial % 2 == 0; }

year_month_day calendar(std::int32_t day) { return year_month_day{first_day + std::chrono::days{day}}; }

}  // namespace

std::optional<birth> birth_of(std::string_view test_iin) {
  if (!is_test_iin(test_iin)) return std::nullopt;
  const int yy = number_at(test_iin, 0, 2);
  const std::chrono::year year{yy >= 26 ? 1900 + yy : 2000 + yy};
  const year_month_day date{year, std::chrono::month(static_cast<unsigned>(number_at(test_iin, 2, 2))),
                            std::chrono::day(static_cast<unsigned>(number_at(test_iin, 4, 2)))};
  if (!date.ok()) return std::nullopt;
  return birth{static_cast<std::int32_t>((sys_days{date} - first_day).count()), number_at(test_iin, 7, 4)};
}

std::optional<std::string> iin_of(birth b) {
  const year_month_day date = calendar(b.day);
  std::array<char, 16> text{};
  std::snprintf(text.data(), text.size(), "%02d%02u%02u0%04d", static_cast<int>(date.year()) % 100 % 100,
                static_cast<unsigned>(date.month()) % 100, static_cast<unsigned>(date.day()) % 100, b.serial % serials_a_day);
  std::string iin(text.data());
  const auto last = check_digit(iin);
  if (!last) return std::nullopt;
  return iin + *last;
}

std::string date_of(std::int32_t day) {
  const year_month_day date = calendar(day);
  std::array<char, 16> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02u-%02u", static_cast<int>(date.year()) % 10000,
                static_cast<unsigned>(date.month()) % 100, static_cast<unsigned>(date.day()) % 100);
  return text.data();
}

std::optional<std::int32_t> day_of(std::string_view date) {
  if (date.size() < 10 || date[4] != '-' || date[7] != '-') return std::nullopt;
  for (const std::size_t i : {0, 1, 2, 3, 5, 6, 8, 9}) {
    if (date[i] < '0' || date[i] > '9') return std::nullopt;
  }
  const year_month_day parsed{std::chrono::year{number_at(date, 0, 4)}, std::chrono::month(static_cast<unsigned>(number_at(date, 5, 2))),
                              std::chrono::day(static_cast<unsigned>(number_at(date, 8, 2)))};
  if (!parsed.ok()) return std::nullopt;
  const auto day = (sys_days{parsed} - first_day).count();
  if (day < 0 || day >= days_counted) return std::nullopt;
  return static_cast<std::int32_t>(day);
}

std::uint32_t draw(std::uint64_t seed, std::string_view number, std::string_view purpose, std::uint32_t sides) {
  // FNV-1a over what is asked, then the finalizer of splitmix64, whose high bits depend on every input bit.
  std::uint64_t state = 14695981039346656037ULL ^ seed;
  for (const std::string_view part : {number, std::string_view("/"), purpose}) {
    for (const char c : part) state = (state ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  }
  state = (state ^ state >> 30) * 0xBF58476D1CE4E5B9ULL;
  state = (state ^ state >> 27) * 0x94D049BB133111EBULL;
  state ^= state >> 31;
  return static_cast<std::uint32_t>((state >> 32) * sides >> 32);
}

std::optional<std::string> kinship::iin(birth b) const {
  if (b.day < 0 || b.day >= days_counted || b.serial < 0 || b.serial >= serials_a_day) return std::nullopt;
  auto text = iin_of(b);
  if (!text || is_taken_(*text)) return std::nullopt;
  return text;
}

std::optional<birth> kinship::spouse(birth one) const {
  const std::int32_t start = one.day / marriage_block * marriage_block;
  const birth other{start + marriage_block - 1 - (one.day - start), one.serial ^ 1};
  if (one.day >= grown_up || other.day >= grown_up || !iin(one) || !iin(other)) return std::nullopt;
  const auto husband = iin(is_man(one) ? one : other);
  if (draw(seed_, *husband, "married", 100) >= married_of_100) return std::nullopt;
  return other;
}

std::optional<birth> kinship::father(birth child) const {
  const birth man{child.day - born_after_father - (is_man(child) ? 0 : daughters_later), child.serial & ~1};
  const auto child_iin = iin(child);
  if (!child_iin || !iin(man) || !spouse(man)) return std::nullopt;
  if (draw(seed_, *child_iin, "born in wedlock", 100) >= children_of_100) return std::nullopt;
  return man;
}

std::vector<birth> kinship::children(birth parent) const {
  std::vector<birth> found;
  const auto other = spouse(parent);
  if (!other) return found;
  const birth man = is_man(parent) ? parent : *other;
  for (const birth child :
       {birth{man.day + born_after_father, man.serial}, birth{man.day + born_after_father + daughters_later, man.serial + 1}}) {
    if (father(child) == man) found.push_back(child);
  }
  return found;
}

}  // namespace shep::population
