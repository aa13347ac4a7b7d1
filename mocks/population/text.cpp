#include "mocks/population/text.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

namespace shep::population {
namespace {

bool starts_cyrillic(std::string_view text, std::size_t at) {
  const auto lead = static_cast<unsigned char>(text[at]);
  return lead >= 0xD0 && lead <= 0xD4 && at + 1 < text.size() && (static_cast<unsigned char>(text[at + 1]) & 0xC0) == 0x80;
}

char32_t two_octets(std::string_view text, std::size_t at) {
  return (static_cast<unsigned char>(text[at]) & 0x1FU) << 6 | (static_cast<unsigned char>(text[at + 1]) & 0x3FU);
}

/// The Unicode block Cyrillic: А-я and Ѐ-џ stand 32 and 80 apart, the letters that Kazakh adds are neighbours, capital first.
char32_t capital(char32_t letter) {
  if (letter >= 0x430 && letter <= 0x44F) return letter - 0x20;
  if (letter >= 0x450 && letter <= 0x45F) return letter - 0x50;
  if (letter >= 0x48A && letter <= 0x4BF) return letter & ~char32_t{1};
  if (letter >= 0x4D0 && letter <= 0x52F) return letter & ~char32_t{1};
  return letter;
}

constexpr std::array<std::pair<std::string_view, std::string_view>, 42> spelling{{
    {"А", "A"},  {"Ә", "A"}, {"Б", "B"},  {"В", "V"}, {"Г", "G"},  {"Ғ", "G"},  {"Д", "D"},  {"Е", "E"},    {"Ё", "YO"},
    {"Ж", "ZH"}, {"З", "Z"}, {"И", "I"},  {"Й", "Y"}, {"К", "K"},  {"Қ", "K"},  {"Л", "L"},  {"М", "M"},    {"Н", "N"},
    {"Ң", "N"},  {"О", "O"}, {"Ө", "O"},  {"П", "P"}, {"Р", "R"},  {"С", "S"},  {"Т", "T"},  {"У", "U"},    {"Ұ", "U"},
    {"Ү", "U"},  {"Ф", "F"}, {"Х", "KH"}, {"Һ", "H"}, {"Ц", "TS"}, {"Ч", "CH"}, {"Ш", "SH"}, {"Щ", "SHCH"}, {"Ъ", ""},
    {"Ы", "Y"},  {"І", "I"}, {"Ь", ""},   {"Э", "E"}, {"Ю", "YU"}, {"Я", "YA"},
}};

}  // namespace

std::string to_upper(std::string_view utf8) {
  std::string upper;
  upper.reserve(utf8.size());
  for (std::size_t i = 0; i < utf8.size(); ++i) {
    if (!starts_cyrillic(utf8, i)) {
      const char c = utf8[i];
      upper += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
      continue;
    }
    const char32_t letter = capital(two_octets(utf8, i));
    upper += static_cast<char>(0xC0U | letter >> 6);
    upper += static_cast<char>(0x80U | (letter & 0x3FU));
    ++i;
  }
  return upper;
}

std::string to_latin(std::string_view upper_case) {
  std::string latin;
  for (std::size_t i = 0; i < upper_case.size(); ++i) {
    if (!starts_cyrillic(upper_case, i)) {
      latin += upper_case[i];
      continue;
    }
    const std::string_view letter = upper_case.substr(i, 2);
    const auto* const row = std::find_if(spelling.begin(), spelling.end(), [&](const auto& pair) { return pair.first == letter; });
    latin += row == spelling.end() ? letter : row->second;
    ++i;
  }
  return latin;
}

}  // namespace shep::population
