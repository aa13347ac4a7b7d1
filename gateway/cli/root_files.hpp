#pragma once

#include "core/result.hpp"

#include <string>

namespace shep::cli {

/// Writes the files of an example root that are compiled into the program: shepsim.toml, mappings/<system>/*.json, __files/<system>/*,
/// demo/<system>/*.xml and demo/demo.tsv. Returns how many. Error: problems::environment.
result<std::size_t> write_root_files(const std::string& folder);

}  // namespace shep::cli
