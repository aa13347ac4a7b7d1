#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// A second look at JSON text that Boost.JSON has already accepted: places for reports, and keys it silently merged. Iterative.
namespace shep {

struct text_place {
  std::size_t line = 1;
  std::size_t column = 1;  ///< counts characters
};
text_place place_in(std::string_view text, std::size_t offset);

/// RFC 6901 token for a key: "~" and "/" escaped.
std::string pointer_token(std::string_view key);

struct duplicate_key {
  std::string pointer;  ///< of the second member
  std::string key;
  std::size_t offset = 0;
};

/// A member whose key an earlier member of the same object has, compared after decoding escapes; in the object that ends first.
std::optional<duplicate_key> find_duplicate_key(std::string_view json);

enum class pointed { key, value };

/// Where the value at an RFC 6901 pointer begins, or its key. Of the nearest existing ancestor when the pointer leads nowhere.
std::size_t offset_of(std::string_view json, std::string_view pointer, pointed);

}  // namespace shep
