#pragma once

#include <cstddef>

namespace shep::xml {

/// What one document may cost (security catalogue section 2). Counts, and octets of UTF-8 for lengths.
struct limits {
  std::size_t body = 10 << 20;
  std::size_t depth = 128;  ///< nested elements
  std::size_t elements = 200'000;
  std::size_t attributes_per_element = 64;        ///< namespace declarations not counted
  std::size_t attributes_on_open_elements = 512;  ///< of an element and all around it: what looking for a declaration may pass by
  std::size_t attributes = 200'000;               ///< in the whole document; namespace declarations not counted
  std::size_t declarations_per_element = 32;
  std::size_t declarations_in_scope = 256;
  std::size_t name = 1024;  ///< qualified name; namespace URIs too
  std::size_t attribute_value = 64 << 10;
  std::size_t comments_and_instructions = 1000;
};

}  // namespace shep::xml
