#include "mocks/engine/letter_case.hpp"

namespace shep::mocks {
namespace {

/// The simple case mappings of the Unicode Character Database for U+0400 to U+052F.
unsigned cyrillic_lower(unsigned c) {
  if (c >= 0x400 && c <= 0x40F) return c + 0x50;
  if (c >= 0x410 && c <= 0x42F) return c + 0x20;
  if (c == 0x4C0) return 0x4CF;
  if (c >= 0x4C1 && c <= 0x4CE) return c % 2 == 1 ? c + 1 : c;
  const bool paired = (c >= 0x460 && c <= 0x481) || (c >= 0x48A && c <= 0x4BF) || (c >= 0x4D0 && c <= 0x52F);
  return paired && c % 2 == 0 ? c + 1 : c;
}

unsigned cyrillic_upper(unsigned c) {
  if (c >= 0x450 && c <= 0x45F) return c - 0x50;
  if (c >= 0x430 && c <= 0x44F) return c - 0x20;
  if (c == 0x4CF) return 0x4C0;
  if (c >= 0x4C1 && c <= 0x4CE) return c % 2 == 0 ? c - 1 : c;
  const bool paired = (c >= 0x460 && c <= 0x481) || (c >= 0x48A && c <= 0x4BF) || (c >= 0x4D0 && c <= 0x52F);
  return paired && c % 2 == 1 ? c - 1 : c;
}

template <class Latin>
std::string mapped(std::string_view text, Latin latin, unsigned (*cyrillic)(unsigned)) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    const bool pair = c >= 0xD0 && c <= 0xD4 && i + 1 < text.size() && (static_cast<unsigned char>(text[i + 1]) & 0xC0) == 0x80;
    if (!pair) {
      out += latin(text[i]);
      continue;
    }
    const unsigned letter = cyrillic((c & 0x1FU) << 6 | (static_cast<unsigned char>(text[++i]) & 0x3FU));
    out += static_cast<char>(0xC0U | letter >> 6);
    out += static_cast<char>(0x80U | (letter & 0x3FU));
  }
  return out;
}

}  // namespace

std::string upper_case(std::string_view text) {
  return mapped(
      text, [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }, cyrillic_upper);
}

std::string lower_case(std::string_view text) {
  return mapped(
      text, [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }, cyrillic_lower);
}

}  // namespace shep::mocks
