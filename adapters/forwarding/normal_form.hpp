#pragma once

#include "protocol/request.hpp"

#include <string>
#include <utility>
#include <vector>

namespace shep::forwarding {

/// A text that two business documents share exactly when they say the same: expanded names, attributes in order of their names, texts
/// without white space around them, in document order. Prefixes, comments, the carrier, and signatures (ds:Signature and below, which
/// differ each time somebody signs) do not count. Linear, iterative. Empty for data that hold nothing.
std::string normal_form(const protocol::business_data&);

/// The leaves of the document that hold text: XPath by local names ("//Request/BIN") and text. Signatures left out; at most `most`.
std::vector<std::pair<std::string, std::string>> leaves(const protocol::business_data&, std::size_t most);

}  // namespace shep::forwarding
