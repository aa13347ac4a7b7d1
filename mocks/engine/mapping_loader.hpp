#pragma once

#include "mocks/engine/body_source.hpp"
#include "mocks/engine/mapping.hpp"

#include <filesystem>
#include <memory>
#include <span>
#include <vector>

/// Reading mappings in the format of README.md.
namespace shep::mocks {

/// A mapping file that is already in memory.
struct mapping_text {
  std::string file;  ///< name for reports; ids are derived from it
  std::string json;
};

/// Everything that could be read, and everything that is wrong. Whoever serves refuses a set with problems.
struct load_outcome {
  std::vector<std::shared_ptr<const mapping>> mappings;  ///< in loading order
  std::vector<problem> problems;                         ///< `where` is "file:line:column /json/pointer"
};

/// `root`/mappings/**/*.json in the order of their paths, bodies from `root`/__files. No `mappings` folder: nothing, no problem.
/// Duplicate ids are reported.
load_outcome load_mappings(const std::filesystem::path& root);

/// The same from memory; used for mappings compiled into the program, posted to the admin API, and tests.
load_outcome load_mappings(std::span<const mapping_text>, body_source&);

/// One mapping that someone sent: `id` is its own unless the text has one; `file` is its name in reports. A list of mappings is refused.
load_outcome load_added_mapping(std::string_view file, std::string_view json, std::string_view id, body_source&);

/// What stands under `request` of a mapping, alone: one mapping that answers nothing and has no id, for questions about requests that were.
load_outcome load_request_pattern(std::string_view name, std::string_view json);

}  // namespace shep::mocks
