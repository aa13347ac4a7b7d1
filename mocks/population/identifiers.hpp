#pragma once

#include <optional>
#include <string_view>

/// Identification numbers of people (IIN) and legal entities (BIN): twelve decimal digits, the last one a check digit.
/// Pure functions of hostile text; any thread.
namespace shep::population {

/// The check digit for the first eleven digits: weights 1…11 modulo 11; when that gives 10, weights 3…11, 1, 2; when that gives 10
/// again, such a number is not issued. Empty then, and when `eleven_digits` is not eleven decimal digits.
std::optional<char> check_digit(std::string_view eleven_digits);

/// Twelve digits, a calendar date YYMMDD at the start (29 February where either century has one), the right check digit.
bool is_valid_iin(std::string_view text);

/// Twelve digits, YYMM at the start, the right check digit.
bool is_valid_bin(std::string_view text);

/// The rule that keeps every person of the simulator out of real life: a valid IIN whose seventh digit (century and sex) is 0.
/// No citizen has one: the century digits are 1 to 6.
bool is_test_iin(std::string_view text);

/// The rule that keeps every company of the simulator out of real life: a valid BIN whose fifth digit (kind of entity) is 9.
/// The kinds in use are 4 resident, 5 non-resident, 6 sole proprietor.
bool is_test_bin(std::string_view text);

}  // namespace shep::population
