#pragma once

#include "core/json_scanner.hpp"
#include "core/result.hpp"

#include <string>
#include <string_view>

#include <boost/json/value.hpp>

namespace shep::mocks {

/// JSON text and the name it goes by in reports.
struct json_text {
  std::string_view file;
  std::string_view text;
};

/// "file:line:column /pointer".
std::string place_of(const json_text&, std::string_view pointer, pointed = pointed::value);

/// RFC 8259 with // and /* */ comments and a UTF-8 byte order mark allowed; at most 64 levels and 16 MiB. Refused with place: anything
/// else, lone surrogates, invalid UTF-8, numbers that are not finite, and an object that names a key twice (security catalogue A10).
/// Errors: problems::json_syntax, json_duplicate_key.
result<boost::json::value> read_json(const json_text&);

inline constexpr std::size_t deepest_json = 64;
inline constexpr std::size_t largest_json = 16 << 20;

}  // namespace shep::mocks
