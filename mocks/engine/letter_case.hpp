#pragma once

#include <string>
#include <string_view>

/// Upper and lower case of Latin (ASCII) and Cyrillic letters, Kazakh ones included, in UTF-8. Anything else stays as it is, octet for
/// octet, also where it is not UTF-8. One letter becomes one letter, independent of any locale.
namespace shep::mocks {

std::string upper_case(std::string_view text);
std::string lower_case(std::string_view text);

}  // namespace shep::mocks
