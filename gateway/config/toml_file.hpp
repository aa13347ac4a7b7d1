#pragma once

#include "config/value.hpp"
#include "core/result.hpp"

#include <string>
#include <vector>

/// The one place that knows the TOML library: a file as plain lists with positions, before anybody asks what its keys mean.
namespace shep::config {

struct place {
  unsigned line = 0;
  unsigned column = 0;
};

/// "shepsim.toml:12:3".
std::string where(const place&);

struct file_entry {
  std::string key;  ///< below its section, or dotted at the top: "listen.port"
  place key_at;
  place value_at;
  raw_value value;
};

/// A table: [listen] (its entries stand in `file_content::entries`), one [[sender]], or one table inside [faults].
struct file_section {
  std::string name;
  place at;
  bool repeated = false;  ///< of an array of tables
  std::vector<file_entry> entries;
};

struct file_content {
  std::vector<file_entry> entries;     ///< keys outside of tables and of plain tables, dotted
  std::vector<file_section> tables;    ///< the plain tables, without their entries
  std::vector<file_section> repeated;  ///< arrays of tables, in the order of the file
  std::vector<file_section> faults;    ///< [faults.<name>], named by <name>
};

/// Reads <root>/shepsim.toml. Errors: environment (no such file, not readable, larger than 256 KiB), usage (not TOML; `where` says the
/// place).
result<file_content> read_toml_file(const std::string& root);

result<file_content> read_toml(std::string_view text);

}  // namespace shep::config
