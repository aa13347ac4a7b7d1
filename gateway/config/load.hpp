#pragma once

#include "config/settings.hpp"
#include "core/result.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace shep::config {

/// One value and where it came from, for `shepsim config`.
struct origin {
  std::string key;     ///< "listen.port"
  std::string value;   ///< secrets hidden
  std::string source;  ///< "flag --port", "environment SHEPSIM_LISTEN_PORT", "shepsim.toml:12", "default"
};

struct loaded {
  config::settings settings;
  std::vector<origin> origins;
};

/// Overrides by dotted key ("listen.port"), as text; each names its source in `origin`.
struct overrides {
  std::map<std::string, std::string> flags;        ///< key → value
  std::map<std::string, std::string> environment;  ///< the process environment's SHEPSIM_… variables: name → value
};

/// Reads <root>/shepsim.toml strictly: unknown keys, wrong types, values out of range or outside their list are errors with file, line,
/// key, what was expected and the nearest known key. Order: flag, environment, file, default. All errors are returned, not the first.
struct load_outcome {
  loaded value;
  std::vector<problem> problems;  ///< empty: `value` is usable
};
load_outcome load(const std::string& root, const overrides&);

/// The same for a text that claims to be <root>/shepsim.toml.
load_outcome load_toml(std::string_view text, const std::string& root, const overrides&);

}  // namespace shep::config
