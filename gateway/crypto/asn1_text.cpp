#include "crypto/asn1.hpp"

#include <algorithm>

namespace shep::crypto::asn1 {
namespace {

__extension__ using arc = unsigned __int128;

void append_decimal(std::string& text, arc value) {
  char reversed[40];
  std::size_t n = 0;
  do {
    reversed[n++] = static_cast<char>('0' + static_cast<int>(value % 10));
    value /= 10;
  } while (value != 0);
  while (n > 0) text += reversed[--n];
}

void append_utf8(std::string& text, std::uint32_t c) {
  if (c < 0x80) {
    text += static_cast<char>(c);
  } else if (c < 0x800) {
    text += static_cast<char>(0xC0 | c >> 6);
    text += static_cast<char>(0x80 | (c & 63));
  } else {
    text += static_cast<char>(0xE0 | c >> 12);
    text += static_cast<char>(0x80 | (c >> 6 & 63));
    text += static_cast<char>(0x80 | (c & 63));
  }
}

std::optional<std::string> bmp_text(std::string_view content) {
  if (content.size() % 2 != 0) return std::nullopt;
  std::string value;
  for (std::size_t i = 0; i < content.size(); i += 2) {
    const std::uint32_t c = static_cast<std::uint32_t>(octet_at(content, i)) << 8 | octet_at(content, i + 1);
    if (c == 0 || (c >= 0xD800 && c <= 0xDFFF)) return std::nullopt;  // UCS-2 has no surrogates
    append_utf8(value, c);
  }
  return value;
}

}  // namespace

std::string dotted_oid(std::string_view content) {
  if (content.empty() || content.size() > 64) return {};
  std::string dotted;
  std::size_t i = 0;
  while (i < content.size()) {
    if (octet_at(content, i) == 0x80) return {};  // a leading zero group
    arc value = 0;
    for (;;) {
      if (i == content.size() || value >> 121 != 0) return {};
      const std::uint8_t o = octet_at(content, i++);
      value = value << 7 | (o & 0x7FU);
      if ((o & 0x80) == 0) break;
    }
    if (dotted.empty()) {
      const arc first = value < 40 ? 0 : value < 80 ? 1 : 2;
      append_decimal(dotted, first);
      value -= first * 40;
    }
    dotted += '.';
    append_decimal(dotted, value);
  }
  return dotted;
}

bool valid_utf8(std::string_view s) {
  for (std::size_t i = 0; i < s.size();) {
    const std::uint8_t lead = octet_at(s, i);
    if (lead < 0x80) {
      ++i;
      continue;
    }
    const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || s.size() - i < length) return false;
    std::uint32_t c = lead & (0x7FU >> length);
    for (std::size_t k = 1; k < length; ++k) {
      if ((octet_at(s, i + k) & 0xC0) != 0x80) return false;
      c = c << 6 | (octet_at(s, i + k) & 63U);
    }
    const bool overlong = (length == 3 && c < 0x800) || (length == 4 && c < 0x10000);
    if (overlong || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) return false;
    i += length;
  }
  return true;
}

std::optional<std::string> text(const element& e) {
  switch (e.tag) {
    case tags::utf8_string:
      if (!valid_utf8(e.content)) return std::nullopt;
      break;
    case tags::printable_string:
    case tags::numeric_string:
    case tags::ia5_string:
    case tags::visible_string:
      // Issuers put '@', '_' and '*' into PrintableString; only what is not ASCII is ambiguous.
      if (std::any_of(e.content.begin(), e.content.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; }))
        return std::nullopt;
      break;
    case tags::bmp_string: return bmp_text(e.content);
    default: return std::nullopt;
  }
  if (e.content.find('\0') != std::string_view::npos) return std::nullopt;
  return std::string(e.content);
}

}  // namespace shep::crypto::asn1
