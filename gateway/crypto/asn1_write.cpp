#include "crypto/asn1_write.hpp"

#include <chrono>
#include <stdexcept>
#include <vector>

namespace shep::crypto::asn1 {
namespace {

__extension__ using arc = unsigned __int128;

/// Empty when the text is not a dotted identifier.
std::vector<arc> arcs_of(std::string_view dotted) {
  std::vector<arc> arcs;
  arc value = 0;
  bool digits = false;
  for (std::size_t i = 0; i <= dotted.size(); ++i) {
    const char c = i < dotted.size() ? dotted[i] : '.';
    if (c == '.' && digits) {
      arcs.push_back(value);
      value = 0;
      digits = false;
    } else if (c >= '0' && c <= '9' && value < (~arc{0} - 9) / 10) {
      value = value * 10 + static_cast<unsigned>(c - '0');
      digits = true;
    } else {
      return {};
    }
  }
  if (arcs.size() < 2 || arcs[0] > 2 || (arcs[0] < 2 && arcs[1] > 39) || arcs[1] > ~arc{0} - 80) return {};
  return arcs;
}

void append_base128(std::string& content, arc value) {
  char reversed[20];
  std::size_t n = 0;
  do {
    reversed[n++] = static_cast<char>(static_cast<unsigned>(value & 0x7F));
    value >>= 7;
  } while (value != 0);
  while (n > 1) content += static_cast<char>(reversed[--n] | 0x80);
  content += reversed[0];
}

void append_digits(std::string& text, unsigned value, int count) {
  std::string digits(static_cast<std::size_t>(count), '0');
  for (int i = count - 1; i >= 0; --i, value /= 10) digits[static_cast<std::size_t>(i)] = static_cast<char>('0' + value % 10);
  text += digits;
}

}  // namespace

std::string write(std::uint8_t tag, std::string_view content) {
  std::string der(1, static_cast<char>(tag));
  if (content.size() < 0x80) {
    der += static_cast<char>(content.size());
  } else {
    std::string length;
    for (std::size_t n = content.size(); n != 0; n >>= 8) length.insert(length.begin(), static_cast<char>(n & 0xFF));
    der += static_cast<char>(0x80 | length.size());
    der += length;
  }
  return der.append(content);
}

std::string write_boolean(bool value) { return write(tags::boolean, value ? "\xFF" : std::string_view("\0", 1)); }

std::string write_small(std::uint64_t value) {
  std::string octets;
  for (; value != 0; value >>= 8) octets.insert(octets.begin(), static_cast<char>(value & 0xFF));
  return write_unsigned(octets);
}

std::string write_unsigned(std::string_view big_endian) {
  while (!big_endian.empty() && big_endian.front() == '\0') big_endian.remove_prefix(1);
  std::string content(big_endian);
  if (content.empty() || static_cast<unsigned char>(content[0]) >= 0x80) content.insert(content.begin(), '\0');
  return write(tags::integer, content);
}

bool is_oid(std::string_view dotted) { return !arcs_of(dotted).empty(); }

std::string write_oid(std::string_view dotted) {
  const std::vector<arc> arcs = arcs_of(dotted);
  if (arcs.empty()) throw std::invalid_argument("not a dotted object identifier: " + std::string(dotted));
  std::string content;
  append_base128(content, arcs[0] * 40 + arcs[1]);
  for (std::size_t i = 2; i < arcs.size(); ++i) append_base128(content, arcs[i]);
  return write(tags::oid, content);
}

std::string write_bit_string(std::string_view octets) { return write(tags::bit_string, std::string(1, '\0').append(octets)); }

std::string write_named_bits(std::uint32_t bits) {
  if (bits == 0) return write(tags::bit_string, std::string_view("\0", 1));
  unsigned last = 31;
  while ((bits >> last & 1) == 0) --last;
  std::string content(2 + last / 8, '\0');
  content[0] = static_cast<char>(7 - last % 8);
  for (unsigned b = 0; b <= last; ++b) {
    if ((bits >> b & 1) != 0) content[1 + b / 8] = static_cast<char>(static_cast<unsigned char>(content[1 + b / 8]) | 0x80U >> b % 8);
  }
  return write(tags::bit_string, content);
}

namespace {

std::string write_time_as(std::uint8_t tag, time_point t) {
  namespace ch = std::chrono;
  const auto day = ch::floor<ch::days>(t);
  const ch::year_month_day date(day);
  const ch::hh_mm_ss time(ch::floor<ch::seconds>(t - day));
  const auto year = static_cast<unsigned>(static_cast<int>(date.year()));
  const bool utc = tag == tags::utc_time;
  std::string text;
  append_digits(text, utc ? year % 100 : year, utc ? 2 : 4);
  append_digits(text, static_cast<unsigned>(date.month()), 2);
  append_digits(text, static_cast<unsigned>(date.day()), 2);
  append_digits(text, static_cast<unsigned>(time.hours().count()), 2);
  append_digits(text, static_cast<unsigned>(time.minutes().count()), 2);
  append_digits(text, static_cast<unsigned>(time.seconds().count()), 2);
  return write(tag, text + "Z");
}

}  // namespace

std::string write_time(time_point t) {
  namespace ch = std::chrono;
  const ch::year_month_day date(ch::floor<ch::days>(t));
  const bool utc = date.year() >= ch::year(1950) && date.year() < ch::year(2050);
  return write_time_as(utc ? tags::utc_time : tags::generalized_time, t);
}

std::string write_generalized_time(time_point t) { return write_time_as(tags::generalized_time, t); }

}  // namespace shep::crypto::asn1
