#pragma once

#include "crypto/algorithm.hpp"
#include "forensics/visit.hpp"

namespace shep::forensics {

/// What SignatureValue may have been before it was written in a wrong way.
struct value_form {
  step why;
  std::string octets;
};
std::vector<value_form> value_forms(crypto::key_kind, std::string_view value);

}  // namespace shep::forensics
