#pragma once

#include <string>
#include <string_view>

namespace shep::eds {

/// For a terminal: control characters (what a stranger could steer it with) and marks that turn the direction of text as \xNN or \u{NNNN}.
/// Linear; the text is made UTF-8 first.
std::string printable(std::string_view);

}  // namespace shep::eds
