#pragma once

#include "crypto/asn1.hpp"

#include <string>
#include <string_view>
#include <vector>

/// X.501 names (RFC 5280 section 4.1.2.4) and their text (RFC 4514). Inside module crypto.
namespace shep::crypto {

namespace attribute {
inline constexpr std::string_view common_name = "2.5.4.3", surname = "2.5.4.4", serial_number = "2.5.4.5", country = "2.5.4.6",
                                  locality = "2.5.4.7", state = "2.5.4.8", organization = "2.5.4.10", organizational_unit = "2.5.4.11",
                                  given_name = "2.5.4.42", email = "1.2.840.113549.1.9.1";
}  // namespace attribute

struct name_part {
  std::string type;       ///< dotted
  std::uint8_t tag = 0;   ///< of the value
  bool readable = false;  ///< the value is text
  std::string text;       ///< UTF-8, when readable
  std::string der;        ///< the whole value
};

/// Relative distinguished names in the order of the certificate; nearly always of one part each.
using distinguished_name = std::vector<std::vector<name_part>>;

/// Reads one Name. Fails on text that is not what its type allows (bad UTF-8, NUL characters): such a name reads differently in different
/// programs. T61String and UniversalString have no safe reading and stay unreadable parts.
distinguished_name read_name(asn1::reader&, std::string_view what);

/// The same from octets that `read_name` accepted before.
distinguished_name parse_name(std::string_view der);

/// RFC 4514: last RDN first; keywords CN, L, ST, O, OU, C, STREET, DC, UID and also SURNAME, SERIALNUMBER, GIVENNAME, T, E; other types as
/// OID=#hex.
std::string name_text(const distinguished_name&);

/// Equal keys: equal names by RFC 5280 section 7.1 (string types, letter case of ASCII and runs of spaces do not matter).
std::string name_key(const distinguished_name&);

/// Reads RFC 2253/4514 text as other programs write it. Empty when it is not such text or longer than 8 KiB.
distinguished_name parse_name_text(std::string_view text);

/// The dotted identifier of a keyword in any case, "OID.1.2.3" or "1.2.3"; empty when unknown.
std::string attribute_type(std::string_view keyword);

}  // namespace shep::crypto
