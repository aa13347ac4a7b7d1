#pragma once

#include <string>
#include <string_view>

namespace shep::protocol {

/// Text from anywhere, fit to stand in a message: what is not UTF-8, or no character of XML 1.0 (section 2.2), becomes U+FFFD.
std::string safe_text(std::string_view);

/// <name>text</name>; the name is ours, the text is made safe.
void append_element(std::string& out, std::string_view name, std::string_view text);

/// For members that may be missing: an empty sessionId would be no GUID, and an empty correlationId says nothing.
void append_unless_empty(std::string& out, std::string_view name, std::string_view text);

}  // namespace shep::protocol
