#pragma once

#include "core/clock.hpp"
#include "crypto/asn1.hpp"

#include <string>
#include <string_view>

/// DER from the inside out: each function returns one whole tag-length-value; a constructed one takes the concatenation of its elements.
namespace shep::crypto::asn1 {

std::string write(std::uint8_t tag, std::string_view content);

std::string write_boolean(bool);
std::string write_small(std::uint64_t);
std::string write_unsigned(std::string_view big_endian);  ///< a non-negative INTEGER; leading zeros are free
bool is_oid(std::string_view dotted);
std::string write_oid(std::string_view dotted);  ///< throws std::invalid_argument unless `is_oid`
std::string write_bit_string(std::string_view octets);
std::string write_named_bits(std::uint32_t bits);  ///< bit 0 of the standard is bit 0 here
std::string write_time(time_point);                ///< UTCTime to 2049, then GeneralizedTime (RFC 5280 section 4.1.2.5); whole seconds
std::string write_generalized_time(time_point);    ///< GeneralizedTime in whole seconds, whatever the year: OCSP, time stamps

}  // namespace shep::crypto::asn1
