#pragma once

#include "core/result.hpp"

#include <string>
#include <vector>

namespace shep::cli {

/// Writes the files of an example root that are compiled into the program: shepsim.toml, mappings/<system>/*.json, __files/<system>/*,
/// demo/<system>/*.xml and demo/demo.tsv. Returns how many. Error: problems::environment.
/// `families`: folders below certs/ ("gost2015/") whose certificates are trusted and whose participants may call, beside those in certs/.
result<std::size_t> write_root_files(const std::string& folder, const std::vector<std::string>& families = {});

}  // namespace shep::cli
