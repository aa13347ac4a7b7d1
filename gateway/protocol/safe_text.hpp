#pragma once

#include <string>
#include <string_view>

namespace shep::protocol {

/// Text from anywhere, fit to stand in a message: what is not UTF-8, or no character of XML 1.0 (section 2.2), becomes U+FFFD.
std::string safe_text(std::string_view);

}  // namespace shep::protocol
