#include "core/bytes.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace shep {
namespace {

constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view digits = "0123456789abcdef";
constexpr std::uint8_t not_in_alphabet = 0xFF;
constexpr std::uint8_t white_space = 0xFE;

constexpr std::array<std::uint8_t, 256> base64_values = [] {
  std::array<std::uint8_t, 256> table{};
  table.fill(not_in_alphabet);
  for (std::size_t i = 0; i < alphabet.size(); ++i) table[static_cast<unsigned char>(alphabet[i])] = static_cast<std::uint8_t>(i);
  for (const char c : {' ', '\t', '\r', '\n'}) table[static_cast<unsigned char>(c)] = white_space;
  return table;
}();

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

problem bad_base64_at(std::size_t offset, std::string what) {
  return {problems::bad_base64, std::move(what), "byte " + std::to_string(offset) + " of the base64 text"};
}

}  // namespace

std::string to_hex(std::string_view bytes) {
  std::string text;
  text.reserve(bytes.size() * 2);
  for (const char c : bytes) {
    text += digits[static_cast<unsigned char>(c) >> 4];
    text += digits[static_cast<unsigned char>(c) & 15];
  }
  return text;
}

result<std::string> from_hex(std::string_view text) {
  if (text.size() % 2 != 0) return problem(problems::bad_hex, "odd number of hexadecimal digits");
  std::string bytes;
  bytes.reserve(text.size() / 2);
  for (std::size_t i = 0; i < text.size(); i += 2) {
    const int high = hex_value(text[i]);
    const int low = hex_value(text[i + 1]);
    if (high < 0 || low < 0) return problem(problems::bad_hex, "not a hexadecimal digit", "character " + std::to_string(i));
    bytes += static_cast<char>(high * 16 + low);
  }
  return bytes;
}

std::string to_base64(std::string_view bytes) {
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  std::size_t i = 0;
  const auto octet = [&](std::size_t at) { return static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[at])); };
  for (; i + 3 <= bytes.size(); i += 3) {
    const std::uint32_t group = octet(i) << 16 | octet(i + 1) << 8 | octet(i + 2);
    text += alphabet[group >> 18];
    text += alphabet[group >> 12 & 63];
    text += alphabet[group >> 6 & 63];
    text += alphabet[group & 63];
  }
  if (const std::size_t rest = bytes.size() - i; rest != 0) {
    const std::uint32_t group = octet(i) << 16 | (rest == 2 ? octet(i + 1) << 8 : 0U);
    text += alphabet[group >> 18];
    text += alphabet[group >> 12 & 63];
    text += rest == 2 ? alphabet[group >> 6 & 63] : '=';
    text += '=';
  }
  return text;
}

result<std::string> from_base64(std::string_view text) {
  std::string bytes;
  bytes.reserve(text.size() / 4 * 3);
  std::uint32_t group = 0;
  int symbols = 0;
  int padding = 0;
  const auto value_at = [&](std::size_t i) { return std::uint32_t{base64_values[static_cast<unsigned char>(text[i])]}; };
  for (std::size_t i = 0; i < text.size(); ++i) {
    // Four symbols at once, as long as nothing but symbols comes: certificates are a third of a signed message.
    while (symbols == 0 && padding == 0 && i + 4 <= text.size()) {
      const std::uint32_t a = value_at(i), b = value_at(i + 1), c = value_at(i + 2), d = value_at(i + 3);
      if (((a | b | c | d) & 0xC0) != 0) break;
      const char octets[3] = {static_cast<char>(a << 2 | b >> 4), static_cast<char>((b & 15) << 4 | c >> 2),
                              static_cast<char>((c & 3) << 6 | d)};
      bytes.append(octets, 3);
      i += 4;
    }
    if (i == text.size()) break;
    const std::uint8_t value = base64_values[static_cast<unsigned char>(text[i])];
    if (value == white_space) continue;
    if (text[i] == '=') {
      if (symbols < 2 || symbols + ++padding > 4) return bad_base64_at(i, "misplaced '='");
      continue;
    }
    if (value == not_in_alphabet) return bad_base64_at(i, "character outside the base64 alphabet");
    if (padding != 0) return bad_base64_at(i, "data after the padding");
    group = group << 6 | value;
    if (++symbols == 4) {
      bytes += static_cast<char>(group >> 16);
      bytes += static_cast<char>(group >> 8 & 255);
      bytes += static_cast<char>(group & 255);
      group = 0;
      symbols = 0;
    }
  }
  if (symbols == 0)
    return padding == 0 ? result<std::string>(std::move(bytes)) : result<std::string>(bad_base64_at(text.size(), "misplaced '='"));
  if (symbols + padding != 4) return bad_base64_at(text.size(), "the last group is incomplete");
  const std::uint32_t unused = symbols == 2 ? group & 15 : group & 3;
  if (unused != 0) return bad_base64_at(text.size(), "unused bits of the last group are not zero");
  if (symbols == 2) {
    bytes += static_cast<char>(group >> 4);
  } else {
    bytes += static_cast<char>(group >> 10);
    bytes += static_cast<char>(group >> 2 & 255);
  }
  return bytes;
}

bool is_utf8(std::string_view bytes) {
  const auto at = [&](std::size_t i) { return i < bytes.size() ? static_cast<unsigned char>(bytes[i]) : 0U; };
  for (std::size_t i = 0; i < bytes.size();) {
    const unsigned lead = at(i);
    const std::size_t length = lead < 0x80 ? 1 : lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0;
    if (length == 0) return false;
    for (std::size_t k = 1; k < length; ++k)
      if ((at(i + k) & 0xC0) != 0x80) return false;
    const unsigned second = at(i + 1);
    const bool overlong = (lead == 0xE0 && second < 0xA0) || (lead == 0xF0 && second < 0x90);
    const bool outside = (lead == 0xED && second > 0x9F) || (lead == 0xF4 && second > 0x8F);
    if (overlong || outside) return false;
    i += length;
  }
  return true;
}

std::string clipped(std::string_view text, std::size_t most) {
  if (text.size() <= most) return as_utf8(text);
  while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xC0) == 0x80) --most;
  return as_utf8(text.substr(0, most));
}

std::string as_utf8(std::string_view bytes) {
  if (is_utf8(bytes)) return std::string(bytes);
  std::string out;
  for (std::size_t i = 0; i < bytes.size();) {
    std::size_t length = 4;
    while (length > 0 && (i + length > bytes.size() || !is_utf8(bytes.substr(i, length)))) --length;
    out += length == 0 ? std::string_view("\xEF\xBF\xBD") : bytes.substr(i, length);
    i += std::max<std::size_t>(length, 1);
  }
  return out;
}

bool equal_constant_time(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  unsigned difference = 0;
  for (std::size_t i = 0; i < a.size(); ++i) difference |= static_cast<unsigned char>(a[i]) ^ static_cast<unsigned char>(b[i]);
  return difference == 0;
}

}  // namespace shep
