#pragma once

#include <string_view>

/// Qualified names as they stand in a tag. Private to module xml.
namespace shep::xml {

struct qualified_name {
  std::string_view prefix, local;
};

inline qualified_name split_qualified(std::string_view qualified) {
  const auto colon = qualified.find(':');
  if (colon == std::string_view::npos) return {{}, qualified};
  return {qualified.substr(0, colon), qualified.substr(colon + 1)};
}

/// Is this the name of an attribute that declares a namespace?
inline bool is_declaration(std::string_view qualified) { return qualified == "xmlns" || qualified.starts_with("xmlns:"); }

}  // namespace shep::xml
