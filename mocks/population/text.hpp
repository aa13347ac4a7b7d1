#pragma once

#include <string>
#include <string_view>

/// Letters of the Kazakh, Russian and Latin alphabets in UTF-8. Anything else passes unchanged; broken UTF-8 does no harm.
namespace shep::population {

/// Capital letters: "Әділ" → "ӘДІЛ".
std::string to_upper(std::string_view utf8);

/// Latin letters for capital Cyrillic ones, as identity documents spell names: "ӘДІЛ" → "ADIL".
std::string to_latin(std::string_view upper_case);

}  // namespace shep::population
