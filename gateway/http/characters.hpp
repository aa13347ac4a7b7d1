#pragma once

#include <array>
#include <string_view>

/// Character classes of HTTP, ASCII only and independent of the locale. RFC 9110 section 5.6.2, RFC 9112 section 5.
namespace shep::http {

namespace detail {
constexpr std::array<bool, 256> make_token_table() {
  std::array<bool, 256> table{};
  for (unsigned c = '0'; c <= '9'; ++c) table[c] = true;
  for (unsigned c = 'a'; c <= 'z'; ++c) table[c] = true;
  for (unsigned c = 'A'; c <= 'Z'; ++c) table[c] = true;
  for (const char c : std::string_view("!#$%&'*+-.^_`|~")) table[static_cast<unsigned char>(c)] = true;
  return table;
}
inline constexpr auto token_table = make_token_table();
}  // namespace detail

constexpr bool is_token_character(char c) { return detail::token_table[static_cast<unsigned char>(c)]; }

constexpr bool is_token(std::string_view text) {
  for (const char c : text)
    if (!is_token_character(c)) return false;
  return !text.empty();
}

/// May stand in a field value: visible octets, space, tab, and octets above 0x7F.
constexpr bool is_value_character(char c) {
  const auto u = static_cast<unsigned char>(c);
  return (u >= 0x20 && u != 0x7F) || u == '\t';
}

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// 0 to 15, or -1.
constexpr int hex_digit(char c) {
  if (is_digit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

constexpr char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

constexpr std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

}  // namespace shep::http
