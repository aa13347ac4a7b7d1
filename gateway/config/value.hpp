#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

/// One value on its way from text to a member of `settings`.
namespace shep::config {

/// Something TOML knows and no key wants: a float, a date, a table, an array with other things than strings.
struct foreign {
  std::string what;  ///< "a table"
};

/// Words of a flag or an environment variable: digits, true/false and comma separated lists are understood by the key's type.
struct words {
  std::string text;
};

using raw_value = std::variant<bool, std::int64_t, std::string, std::vector<std::string>, foreign, words>;

/// The member a key fills. Borrowed.
using slot = std::variant<std::string*, bool*, std::uint16_t*, unsigned*, std::uint64_t*, std::chrono::milliseconds*, std::chrono::minutes*,
                          std::vector<std::string>*>;

/// What a value must obey beside its type.
struct rule {
  std::string_view one_of{};  ///< allowed words, divided by '|'
  std::int64_t least = 0;
  std::int64_t most = 0;  ///< 0: what the type holds
  bool octets = false;    ///< a size: "10MiB"
  bool filled = false;    ///< the empty text is refused
  bool secret = false;    ///< never shown
};

/// Why a value was refused.
struct refusal {
  std::string expected;  ///< "expected an integer from 0 to 65535"
  std::string found;     ///< "found a table"; secrets are not repeated
  std::string hint;
};

/// Puts the value into the member, or says why not and leaves the member alone.
std::optional<refusal> decode(const raw_value&, slot, const rule&);

/// "integer from 0 to 65535", for messages and the reference.
std::string type_name(slot, const rule&);

/// The member's present value as TOML would write it; secrets hidden.
std::string toml_literal(slot, const rule&);

/// Quoted as a TOML basic string.
std::string in_quotes(std::string_view);

}  // namespace shep::config
