#include "eds/printable.hpp"

#include "core/bytes.hpp"

namespace shep::eds {
namespace {

void append_number(std::string& out, unsigned code) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  if (code < 0x100) {
    out += {'\\', 'x', digits[code >> 4], digits[code & 0xF]};
    return;
  }
  out += "\\u{";
  for (int shift = 12; shift >= 0; shift -= 4) out += digits[(code >> shift) & 0xF];
  out += '}';
}

bool turns_direction(unsigned c) {
  return (c >= 0x200B && c <= 0x200F) || (c >= 0x2028 && c <= 0x202E) || (c >= 0x2060 && c <= 0x2069) || c == 0xFEFF;
}

}  // namespace

std::string printable(std::string_view text) {
  const std::string utf8 = as_utf8(text);
  const auto octet = [&](std::size_t i) { return static_cast<unsigned>(static_cast<unsigned char>(utf8[i])); };
  std::string out;
  out.reserve(utf8.size());
  for (std::size_t i = 0; i < utf8.size(); ++i) {
    const unsigned first = octet(i);
    if (first < 0x20 || first == 0x7F) {
      append_number(out, first);
    } else if (first == 0xC2 && octet(i + 1) < 0xA0) {
      append_number(out, octet(++i));
    } else if ((first & 0xF0) == 0xE0 && turns_direction(((first & 0xF) << 12) | ((octet(i + 1) & 0x3F) << 6) | (octet(i + 2) & 0x3F))) {
      append_number(out, ((first & 0xF) << 12) | ((octet(i + 1) & 0x3F) << 6) | (octet(i + 2) & 0x3F));
      i += 2;
    } else {
      out += utf8[i];
    }
  }
  return out;
}

}  // namespace shep::eds
