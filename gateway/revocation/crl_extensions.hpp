#pragma once

#include "crypto/asn1.hpp"
#include "revocation/crl.hpp"

/// Extensions of a revocation list and of its entries (RFC 5280 sections 5.2 and 5.3). Inside module revocation.
namespace shep::revocation {

/// `r` stands before the SEQUENCE of extensions. What is well-formed but not understood is put into `unsupported` when that is empty.
void read_crl_extensions(crypto::asn1::reader& r, crl::fields&, std::string& unsupported);
void read_entry_extensions(crypto::asn1::reader& r, crl::entry&, std::string& unsupported);

}  // namespace shep::revocation
