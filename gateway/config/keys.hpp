#pragma once

#include "config/settings.hpp"
#include "config/value.hpp"

#include <span>
#include <string>
#include <string_view>

/// The one table of keys: what is decoded, overridden, shown and documented. A new key is a member of `settings` and a row here.
namespace shep::config {

/// One key of a table whose values live in `Owner`.
template <class Owner>
struct key_row {
  std::string_view key;  ///< "listen.port"; inside [[sender]], [[route]], [faults.<event>]: "id"
  slot (*member)(Owner&);
  std::string_view meaning;  ///< one sentence
  rule obeys{};
  std::string_view flag{};  ///< when it differs from the key's own name: "--port"
};

std::span<const key_row<settings>> setting_keys();
std::span<const key_row<sender_settings>> sender_keys();
std::span<const key_row<route_settings>> route_keys();
std::span<const key_row<fault_settings>> fault_keys();

/// "listen.port" → "SHEPSIM_LISTEN_PORT".
std::string environment_name(std::string_view key);

/// "listen.port" → "--port", "gateway.mode" → "--gateway-mode".
std::string flag_name(const key_row<settings>&);

}  // namespace shep::config
