#pragma once

#include "eds/report.hpp"

#include <string>
#include <string_view>
#include <vector>

/// Octets on a page: every row begins with its line and column, what cannot be seen is a number. HTML, complete elements.
namespace shep::forensics {

/// A canonical form, in rows of at most 100 characters.
std::string octets_block(std::string_view octets, std::size_t most_shown);

/// The received text, coloured by the parts of the coverage map (innermost part wins).
std::string source_block(std::string_view source, const std::vector<eds::covered_part>&, std::size_t most_shown);

}  // namespace shep::forensics
