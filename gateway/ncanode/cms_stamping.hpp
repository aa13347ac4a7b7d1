#pragma once

#include "ncanode/endpoints.hpp"

#include <cstddef>
#include <string>

namespace shep::ncanode {

/// The field `tsaPolicy`, NCANode's word, as an object identifier; TSA_GOST_POLICY when absent.
std::string read_stamp_policy(field_reader&);

/// Why `withTsp` cannot be had.
problem no_authority();

/// Lets the configured authority stamp the signers from `first` on, verifies each token before it is put in, and answers with the CMS.
continuation stamped(std::string cms, std::size_t first, std::string policy);

}  // namespace shep::ncanode
