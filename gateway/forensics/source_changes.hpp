#pragma once

#include "forensics/octet_search.hpp"

/// Candidates that come from the received octets themselves and not from the tree.
namespace shep::forensics {

/// The element as it stands in the message, or the whole message: with and without declaration, byte order mark, carriage returns.
bool raw_changes(const subject&, const visitor&);

/// The payload inside of the element written as elements where it is text now, and the other way round. At most 24 messages are read again.
bool payload_changes(const subject&, const visitor&);

}  // namespace shep::forensics
