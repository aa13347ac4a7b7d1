#pragma once

#include <string>
#include <string_view>

namespace shep::ncanode {

/// What NCANode does to a document when `trimXml` is set: every text node of white space alone goes, also where it is all an element
/// holds; character references such as "&#13;" count as what they stand for; CDATA sections stay. All other octets stay as they are.
/// For text that xml::admit has let in: well-formed, no DOCTYPE. Linear.
std::string trim_white_space(std::string_view xml);

}  // namespace shep::ncanode
