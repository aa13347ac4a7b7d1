#pragma once

#include <string>
#include <string_view>

/// Writing text into XML that stays byte-equal under canonicalization (Canonical XML 1.0 section 2.3).
namespace shep::xml {

void append_text(std::string& out, std::string_view text);             ///< & < > and CR
void append_attribute_value(std::string& out, std::string_view text);  ///< & < " TAB LF CR, for double quotes
std::string escaped(std::string_view text);

}  // namespace shep::xml
