#pragma once

#include "crypto/name.hpp"

#include <string>
#include <string_view>

namespace shep::ncanode {

/// A distinguished name in the form NCANode shows it, which is that of Java's X500Principal.toString(): last RDN first, ", " between,
/// EMAILADDRESS, SURNAME, GIVENNAME, SERIALNUMBER written out, values with special characters in double quotes.
std::string java_name(const crypto::distinguished_name&);

/// Text of the last attribute of that type; empty when there is none or it is no text.
std::string text_of(const crypto::distinguished_name&, std::string_view type);

}  // namespace shep::ncanode
