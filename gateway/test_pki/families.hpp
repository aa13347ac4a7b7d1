#pragma once

#include "crypto/algorithm.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The generations of Kazakh keys that a test PKI can be made of (kz-eds.md section 0).
namespace shep::test_pki {

enum class family { rsa, gost2015, gost2004 };

std::string_view name_of(family);   ///< "rsa", "gost2015", "gost2004": folder names and words of the command line
std::string_view title_of(family);  ///< "RSA", "GOST 2015", "GOST 2004": stands in the names of authorities
crypto::key_kind key_kind_of(family);

/// "rsa" → RSA; "gost" → GOST-2015; "both" → RSA, then GOST-2015; "all" → RSA, GOST-2015, GOST-2004; a family's own name → that one.
/// Empty for another word. The first family stands in the folder itself, each other in a folder of its name below.
std::optional<std::vector<family>> families_by_word(std::string_view word);

/// "" for the first family of a PKI, "gost2015/" for another: the prefix of its files, and of its certificates' names in commands.
std::string prefix_of(const std::vector<family>& all, family one);

}  // namespace shep::test_pki
