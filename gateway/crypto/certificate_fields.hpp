#pragma once

#include "crypto/asn1.hpp"
#include "crypto/certificate.hpp"

/// The parts of certificate::from_der that fill certificate::fields. Inside module crypto.
namespace shep::crypto {

/// `r` stands before the SEQUENCE of extensions.
void read_extensions(asn1::reader& r, certificate::fields&);

/// Both names: text, octets, and what the subject says about its holder. `failure.what` says which rule a name breaks.
void read_names(std::string_view subject_der, std::string_view issuer_der, certificate::fields&, asn1::failure&);

}  // namespace shep::crypto
