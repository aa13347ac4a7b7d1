#pragma once

#include "crypto/asn1.hpp"

#include <string>
#include <string_view>
#include <vector>

/// URIs inside extensions of certificates and revocation lists, as text: at most 8 for one list, each at most 1024 octets, without
/// white space. Nothing here is fit to be followed without asking the configuration (security catalogue C10).
namespace shep::crypto {

/// One URI, cleaned, or several when it holds "…URL=…" after white space; an empty or overlong one is left out.
void add_address(std::string_view uri, std::vector<std::string>& list);

/// DistributionPointName (RFC 5280 section 4.2.1.13): the URIs of fullName. `r` stands inside the [0] of `distributionPoint`.
void read_point_name(asn1::reader& r, std::vector<std::string>& list);

/// SEQUENCE OF DistributionPoint: cRLDistributionPoints and freshestCRL.
void read_points(asn1::reader& r, std::vector<std::string>& list, std::string_view what);

}  // namespace shep::crypto
