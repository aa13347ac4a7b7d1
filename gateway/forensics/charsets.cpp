#include "forensics/charsets.hpp"

#include "core/bytes.hpp"
#include "forensics/charset_tables.hpp"

#include <algorithm>

namespace shep::forensics {

struct charset {
  std::string_view name;
  const upper_half& table;
};

namespace {

constexpr charset w1251{"windows-1251", windows_1251}, w1252{"windows-1252", windows_1252}, latin{"ISO-8859-1", iso_8859_1},
    koi{"KOI8-R", koi8_r}, dos{"CP866", cp866}, iso5{"ISO-8859-5", iso_8859_5};
constexpr const charset* all[] = {&w1251, &w1252, &latin, &koi, &dos, &iso5};

void append_utf8(std::string& out, char32_t c) {
  if (c < 0x80) {
    out += static_cast<char>(c);
  } else if (c < 0x800) {
    out += static_cast<char>(0xC0 | (c >> 6));
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    out += static_cast<char>(0xE0 | (c >> 12));
    out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else {
    out += static_cast<char>(0xF0 | (c >> 18));
    out += static_cast<char>(0x80 | ((c >> 12) & 0x3F));
    out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  }
}

/// The next character of well-formed UTF-8.
char32_t take(std::string_view& text) {
  const auto octet = [&](std::size_t i) { return static_cast<char32_t>(static_cast<unsigned char>(text[i])); };
  const char32_t first = octet(0);
  const std::size_t length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
  char32_t c = length == 1 ? first : first & (0xFFu >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) c = (c << 6) | (octet(i) & 0x3F);
  text.remove_prefix(length);
  return c;
}

/// The octet for a character beyond ASCII; 0 when there is none. Octets without a character stand for the control character of their
/// number, as Windows has it.
char octet_for(const upper_half& table, char32_t c) {
  if (c >= 0x80 && c < 0x100 && table[c - 0x80] == 0) return static_cast<char>(c);
  const auto found = c < 0x10000 ? std::find(table.begin(), table.end(), static_cast<char16_t>(c)) : table.end();
  return found == table.end() ? '\0' : static_cast<char>(0x80 + (found - table.begin()));
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

/// One stretch, every character of it; empty when a character has no octet or the octets are not UTF-8.
std::optional<std::string> octets_of(const upper_half& table, std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const char32_t c = take(text);
    const char octet = c < 0x80 ? static_cast<char>(c) : octet_for(table, c);
    if (octet == '\0' && c != 0) return std::nullopt;
    out += octet;
  }
  return out;
}

bool is_cyrillic(char32_t c) { return c >= 0x0400 && c < 0x0530; }

}  // namespace

std::span<const charset* const> charsets() { return all; }
std::string_view name_of(const charset& c) { return c.name; }

std::optional<std::string> encoded(const charset& to, std::string_view text) {
  if (!is_utf8(text)) return std::nullopt;
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const char32_t c = take(text);
    const char octet = c < 0x80 ? static_cast<char>(c) : octet_for(to.table, c);
    out += octet == '\0' && c != 0 ? '?' : octet;
  }
  return out;
}

std::optional<std::string> utf16(std::string_view text, bool big_endian) {
  if (!is_utf8(text)) return std::nullopt;
  std::string out;
  out.reserve(text.size() * 2);
  const auto unit = [&](char32_t u) {
    const char high = static_cast<char>(u >> 8), low = static_cast<char>(u & 0xFF);
    out += big_endian ? high : low;
    out += big_endian ? low : high;
  };
  while (!text.empty()) {
    const char32_t c = take(text);
    if (c < 0x10000) {
      unit(c);
    } else {
      unit(0xD800 + ((c - 0x10000) >> 10));
      unit(0xDC00 + ((c - 0x10000) & 0x3FF));
    }
  }
  return out;
}

std::string misread(const charset& as, std::string_view octets, bool lossy) {
  std::string out;
  out.reserve(octets.size() * 2);
  for (const char octet : octets) {
    const auto u = static_cast<unsigned char>(octet);
    if (u < 0x80) {
      out += octet;
    } else {
      const char16_t c = as.table[u - 0x80u];
      append_utf8(out, c != 0 ? c : lossy ? 0xFFFD : u);
    }
  }
  return out;
}

std::optional<std::string> reread(const charset& as, std::string_view text) {
  if (!is_utf8(text)) return std::nullopt;
  std::string out;
  out.reserve(text.size());
  bool changed = false;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of("<>\"", 1), text.size());
    const std::string_view stretch = text.substr(0, end);
    text.remove_prefix(end);
    if (!is_ascii(stretch)) {
      const auto octets = octets_of(as.table, stretch);
      if (octets && !is_ascii(*octets) && is_utf8(*octets)) {
        out += *octets;
        changed = true;
        continue;
      }
    }
    out += stretch;
  }
  if (!changed) return std::nullopt;
  return out;
}

bool looks_double_encoded(std::string_view text) {
  for (const charset* c : all) {
    auto whole = reread(*c, text);
    if (!whole) continue;
    std::string_view rest = *whole;
    std::size_t cyrillic = 0;
    while (!rest.empty())
      if (is_cyrillic(take(rest)) && ++cyrillic == 3) return true;
  }
  return false;
}

}  // namespace shep::forensics
