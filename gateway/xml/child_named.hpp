#pragma once

#include "xml/element.hpp"

#include <string_view>

namespace shep::xml {

/// First child with this local name, whatever its namespace: SHEP's own fields come qualified and unqualified (shep-protocol.md section 1).
/// Null for none, and for a null parent. Where the namespace is known, `element::child` says more.
inline element child_named(element parent, std::string_view local) {
  element e = parent.first_child();
  while (e && e.local_name() != local) e = e.next_sibling();
  return e;
}

}  // namespace shep::xml
