#pragma once

#include "core/result.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace shep::cms {

/// BER (X.690 section 8) rewritten as the DER of the same values, as far as producers of CMS need it: indefinite lengths, lengths written
/// longer than needed, and constructed OCTET STRINGs. Everything else stays octet for octet.
struct rewritten {
  std::string der;
  std::vector<std::size_t> changed;  ///< where in `der` the elements begin whose own encoding was changed, ascending
};

/// One element and nothing behind it; at most 64 MiB, 200 000 elements, 48 levels. Iterative. Error cms_format.
result<rewritten> rewrite_ber(std::string_view ber);

/// Takes off what CMS travels in: PEM (label CMS, PKCS7 or PKCS #7 SIGNED DATA), base64 with white space, or nothing.
/// Error cms_format: neither of them, two PEM blocks, or more than 64 MiB inside.
result<std::string> unwrap(std::string_view input);

}  // namespace shep::cms
