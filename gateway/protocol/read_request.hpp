#pragma once

#include "core/result.hpp"
#include "eds/verified.hpp"
#include "protocol/request.hpp"
#include "xml/limits.hpp"

namespace shep::protocol {

/// strict: the schema to the letter. lenient: the departures that real clients send (shep-protocol.md section 1.7) pass, each noted in
/// `deviations` under its stable code (README.md of this folder lists them).
enum class reading_mode { strict, lenient };

/// 8-4-4-4-12 hexadecimal digits, without braces.
bool is_guid(std::string_view text);

/// The synchronous request inside a verified Body. Errors: message_format, business_data_format (inner document through the same door),
/// with the XPath and what was expected. What appears twice is refused in both modes (security catalogue S20).
result<sync_request> read_request(const eds::verified&, reading_mode, const xml::limits& = {});

}  // namespace shep::protocol
