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
constexpr std::int32_t old_enough_to_marry = days_counted - 20 * 366;
constexpr std::uint32_t married_of_100 = 60;
constexpr std::uint32_t divorced_of_100 = 8;
constexpr std::uint32_t children_of_100 = 55;

int number_at(std::string_view text, std::size_t at, std::size_t digits) {
  int value = 0;
  for (std::size_t i = at; i < at + digits; ++i) value = value * 10 + (text[i] - '0');
  return value;
}

year_month_day calendar(std::int32_t day) { return year_month_day{first_day + std::chrono::days{day}}; }

/// All of the IIN but its check digit.
std::array<char, 12> eleven_digits(birth b) {
  const year_month_day date = calendar(b.day);
  std::array<char, 12> text{};
  const auto put = [&text](std::size_t at, std::size_t count, unsigned value) {
    for (std::size_t i = at + count; i-- > at; value /= 10) text[i] = static_cast<char>('0' + value % 10);
  };
  put(0, 2, static_cast<unsigned>(static_cast<int>(date.year())));
  put(2, 2, static_cast<unsigned>(date.month()));
  put(4, 2, static_cast<unsigned>(date.day()));
  put(6, 5, static_cast<unsigned>(b.serial));
  return text;
}

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
  const auto digits = eleven_digits(b);
  const auto last = check_digit(digits.data());
  if (!last) return std::nullopt;
  return digits.data() + std::string(1, *last);
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
  for (const std::size_t i : {0U, 1U, 2U, 3U, 5U, 6U, 8U, 9U}) {
    if (date[i] < '0' || date[i] > '9') return std::nullopt;
  }
  const year_month_day parsed{std::chrono::year{number_at(date, 0, 4)}, std::chrono::month(static_cast<unsigned>(number_at(date, 5, 2))),
                              std::chrono::day(static_cast<unsigned>(number_at(date, 8, 2)))};
  if (!parsed.ok()) return std::nullopt;
  const auto day = (sys_days{parsed} - first_day).count();
  if (day < 0 || day >= days_counted) return std::nullopt;
  return static_cast<std::int32_t>(day);
}

std::uint32_t draw(std::uint64_t seed, std::uint64_t key, purpose why, std::uint32_t sides) {
  // The finalizer of splitmix64, twice: its high bits depend on every input bit.
  std::uint64_t state = seed ^ why.hash;
  for (const std::uint64_t part : {key, std::uint64_t{0}}) {
    state += part + 0x9E3779B97F4A7C15ULL;
    state = (state ^ state >> 30) * 0xBF58476D1CE4E5B9ULL;
    state = (state ^ state >> 27) * 0x94D049BB133111EBULL;
    state ^= state >> 31;
  }
  return static_cast<std::uint32_t>((state >> 32) * sides >> 32);
}

bool kinship::exists(birth b) const {
  if (b.day < 0 || b.day >= days_counted || b.serial < 0 || b.serial >= serials_a_day) return false;
  return check_digit(eleven_digits(b).data()).has_value() && !is_curated_(b);
}

std::optional<birth> kinship::counterpart(birth one, std::uint32_t from, std::uint32_t to) const {
  const std::int32_t start = one.day / marriage_block * marriage_block;
  const birth other{start + marriage_block - 1 - (one.day - start), one.serial ^ 1};
  if (one.day >= old_enough_to_marry || other.day >= old_enough_to_marry) return std::nullopt;
  const std::uint32_t fate = draw(seed_, key_of(is_man(one) ? one : other), "married", 100);
  if (fate < from || fate >= to || !exists(one) || !exists(other)) return std::nullopt;
  return other;
}

std::optional<birth> kinship::spouse(birth one) const { return counterpart(one, 0, married_of_100); }

std::optional<birth> kinship::former_spouse(birth one) const { return counterpart(one, married_of_100, married_of_100 + divorced_of_100); }

std::optional<birth> kinship::father(birth child) const {
  const birth man{child.day - born_after_father - (is_man(child) ? 0 : daughters_later), child.serial & ~1};
  if (man.day < 0 || draw(seed_, key_of(child), "born in wedlock", 100) >= children_of_100) return std::nullopt;
  if (!exists(child) || !spouse(man)) return std::nullopt;
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
