#include "mocks/population/identifiers.hpp"

#include <array>

namespace shep::population {
namespace {

constexpr std::size_t length = 12;

int digit(char c) { return c - '0'; }

bool all_digits(std::string_view text) {
  for (const char c : text) {
    if (c < '0' || c > '9') return false;
  }
  return true;
}

int two_digits(std::string_view text, std::size_t at) { return digit(text[at]) * 10 + digit(text[at + 1]); }

bool month_and_day_exist(int month, int day) {
  constexpr std::array<int, 12> longest{31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month >= 1 && month <= 12 && day >= 1 && day <= longest[static_cast<std::size_t>(month - 1)];
}

bool has_right_check_digit(std::string_view text) {
  if (text.size() != length || !all_digits(text)) return false;
  return check_digit(text.substr(0, length - 1)) == text.back();
}

}  // namespace

std::optional<char> check_digit(std::string_view eleven_digits) {
  if (eleven_digits.size() != length - 1 || !all_digits(eleven_digits)) return std::nullopt;
  int first = 0;
  int second = 0;
  for (int i = 0; i < 11; ++i) {
    const int value = digit(eleven_digits[static_cast<std::size_t>(i)]);
    first += value * (i + 1);
    second += value * ((i + 2) % 11 + 1);
  }
  const int chosen = first % 11 != 10 ? first % 11 : second % 11;
  if (chosen == 10) return std::nullopt;
  return static_cast<char>('0' + chosen);
}

bool is_valid_iin(std::string_view text) {
  if (!has_right_check_digit(text)) return false;
  const int year = two_digits(text, 0);
  const int month = two_digits(text, 2);
  const int day = two_digits(text, 4);
  // 1900 had no 29 February and 2000 had one, so the year 00 is left to the century that allows it.
  return month_and_day_exist(month, day) && (month != 2 || day != 29 || year % 4 == 0);
}

bool is_valid_bin(std::string_view text) {
  if (!has_right_check_digit(text)) return false;
  const int month = two_digits(text, 2);
  return month >= 1 && month <= 12;
}

bool is_test_iin(std::string_view text) { return is_valid_iin(text) && text[6] == '0'; }

bool is_test_bin(std::string_view text) { return is_valid_bin(text) && text[4] == '9'; }

}  // namespace shep::population
