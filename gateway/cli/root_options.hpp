#pragma once

#include "config/load.hpp"

#include <map>
#include <string>

namespace CLI {
class App;
}

namespace shep::cli {

/// --root and one flag for every key of shepsim.toml that has one; the environment's SHEPSIM_… variables.
struct root_options {
  std::string root = ".";
  std::map<std::string, std::string> flags;  ///< dotted key → text

  void add_to(CLI::App& command);
  config::load_outcome load() const;
};

}  // namespace shep::cli
