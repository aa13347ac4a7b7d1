#pragma once

#include "xml/element.hpp"

#include <string_view>
#include <vector>

namespace shep::eds {

/// Every element of the tree below and at `root` that carries `id` in any identifier attribute: wsu:Id, xml:id, Id, ID, id, AssertionID,
/// with or without namespace. A reference is believed only when this gives exactly one element (security catalogue S13, XSW7).
std::vector<xml::element> elements_with_id(xml::element root, std::string_view id);

/// May a Reference name this id as "#id"? Letters, digits, "-", "_", "." and whatever is not ASCII; 1 to 255 octets (S34: no XPointer, no
/// percent-encoding, no quotes). An id that begins with a digit is no NCName, but clients write UUIDs.
bool is_plain_id(std::string_view id);

}  // namespace shep::eds
