#pragma once

#include "crypto/asn1.hpp"
#include "crypto/certificate.hpp"

/// The parts of certificate::from_der that fill certificate::fields. Inside module crypto.
namespace shep::crypto {

/// `r` stands before the SEQUENCE of extensions.
void read_extensions(asn1::reader& r, certificate::fields&);

/// authorityInfoAccess and the two kinds of distribution points (RFC 5280 sections 4.2.2.1, 4.2.1.13, 4.2.1.15): addresses as text.
void read_access(asn1::reader&, certificate::fields&);
void read_crl_points(asn1::reader&, certificate::fields&);
void read_freshest_crl(asn1::reader&, certificate::fields&);

/// Both names: text, octets, and what the subject says about its holder. `failure.what` says which rule a name breaks.
void read_names(std::string_view subject_der, std::string_view issuer_der, certificate::fields&, asn1::failure&);

}  // namespace shep::crypto
