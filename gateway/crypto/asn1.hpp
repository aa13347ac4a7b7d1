#pragma once

#include "core/clock.hpp"
#include "core/result.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// Strict DER (X.690 section 10) read as slices of the received octets: nothing is copied, so the exact octets that were signed stay at
/// hand. Indefinite lengths, lengths longer than needed and tag numbers above 30 are refused; nesting deeper than 16 is refused; no
/// recursion.
namespace shep::crypto::asn1 {

namespace tags {
inline constexpr std::uint8_t boolean = 0x01, integer = 0x02, bit_string = 0x03, octet_string = 0x04, null = 0x05, oid = 0x06,
                              enumerated = 0x0A, utf8_string = 0x0C, numeric_string = 0x12, printable_string = 0x13, t61_string = 0x14,
                              ia5_string = 0x16, utc_time = 0x17, generalized_time = 0x18, visible_string = 0x1A, universal_string = 0x1C,
                              bmp_string = 0x1E, sequence = 0x30, set = 0x31;
constexpr std::uint8_t context(unsigned number, bool constructed) {
  return static_cast<std::uint8_t>(0x80U | (constructed ? 0x20U : 0U) | number);
}
}  // namespace tags

inline std::uint8_t octet_at(std::string_view s, std::size_t i) { return static_cast<std::uint8_t>(s[i]); }

/// One tag-length-value; both views look into the octets that were given to the first reader.
struct element {
  std::uint8_t tag = 0;
  std::string_view content;
  std::string_view whole;
};

/// Where and why reading stopped. Shared by a reader and all readers entered from it.
struct failure {
  bool happened = false;
  std::string what;
  std::string where;  ///< "byte 12 of the structure"

  problem as(problem_code code) const { return problem(code, what, where); }
};

/// Reads the elements of one level in order. The first failure is kept in `failure`; from then on every read returns empty elements and
/// `more` is false, so a parser may read on and ask once at its end. Does not own the octets.
class reader {
 public:
  reader(std::string_view der, failure& f) : rest_(der), begin_(der.data()), failure_(&f) {}

  bool more() const { return !failure_->happened && !rest_.empty(); }
  bool next_is(std::uint8_t tag) const { return more() && static_cast<std::uint8_t>(rest_[0]) == tag; }
  element any(std::string_view what);
  element read(std::uint8_t tag, std::string_view what);
  std::optional<element> read_if(std::uint8_t tag, std::string_view what);
  reader enter(std::uint8_t tag, std::string_view what);         ///< a reader over the content of the next element
  reader inside(const element& e, std::string_view what) const;  ///< a reader over the content of an element already read

  void end(std::string_view what);  ///< fails when octets are left
  void fail(std::string what) const;
  bool failed() const { return failure_->happened; }

  // Primitive values; each fails when the encoding is not the shortest one.
  std::string_view integer(std::string_view what);  ///< big-endian two's complement, as it stands
  std::uint64_t small_integer(std::string_view what, std::uint64_t most);
  bool boolean(std::string_view what);
  std::string oid(std::string_view what);              ///< dotted
  std::string_view bit_string(std::string_view what);  ///< whole octets only (keys, signatures)
  std::uint32_t named_bits(std::string_view what);     ///< bit 0 of the standard is bit 0 here; at most 32
  std::string_view octet_string(std::string_view what);
  time_point time(std::string_view what);  ///< UTCTime or GeneralizedTime as RFC 5280 section 4.1.2.5 writes them: seconds, "Z"

 private:
  std::string_view rest_;
  const char* begin_;  // of the outermost structure, for positions
  failure* failure_;
  unsigned depth_ = 0;
};

/// The content octets of an OBJECT IDENTIFIER as dotted text; empty when they are malformed, longer than 64 or an arc exceeds 128 bits.
std::string dotted_oid(std::string_view content);

/// A character string type as UTF-8: UTF8String, PrintableString, NumericString, IA5String, VisibleString, BMPString.
/// Empty optional: another type (T61String, UniversalString), or octets that the type does not allow, or a NUL character.
std::optional<std::string> text(const element&);

bool valid_utf8(std::string_view);

}  // namespace shep::crypto::asn1
