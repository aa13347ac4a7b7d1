#pragma once

#include "config/keys.hpp"
#include "config/load.hpp"
#include "config/toml_file.hpp"

#include <map>
#include <string>
#include <vector>

/// Turns flat lists into `settings`, collecting every problem. Inside module config.
namespace shep::config {

/// What is being made.
struct decoding_run {
  settings& out;
  std::vector<origin>& origins;
  std::vector<problem>& problems;

  void refuse(std::string detail, std::string where, std::string hint = {});
};

/// The keys of `setting_keys`, each from the first source that names it.
void decode_settings(const file_content&, const overrides&, decoding_run&);

/// [[sender]], [[route]], [faults.<event>], and sections that nobody knows.
void decode_sections(const file_content&, decoding_run&);

/// "key: expected …, found …", ready to be refused.
std::string sentence(std::string_view key, const refusal&);

/// Everything a user may write at the top of the file, for hints: keys, and names of sections.
std::vector<std::string> known_names();

}  // namespace shep::config
