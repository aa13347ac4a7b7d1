#include "config/toml_file.hpp"

#include "config/toml_library.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>

namespace shep::config {
namespace {

constexpr std::uintmax_t largest_file = 256 << 10;

place place_of(const toml::source_region& region) { return {region.begin.line, region.begin.column}; }

raw_value raw(const toml::node& node) {
  if (const auto* b = node.as_boolean()) return b->get();
  if (const auto* n = node.as_integer()) return n->get();
  if (const auto* s = node.as_string()) return s->get();
  if (node.is_floating_point()) return foreign{"a number with a fraction"};
  if (node.is_table()) return foreign{"a table"};
  const toml::array* array = node.as_array();
  if (!array) return foreign{"a date or time"};
  std::vector<std::string> items;
  for (const toml::node& item : *array) {
    const auto* s = item.as_string();
    if (!s) return foreign{"an array that holds other things than texts"};
    items.push_back(s->get());
  }
  return items;
}

std::vector<file_entry> entries_of(const toml::table& table, const std::string& prefix) {
  std::vector<file_entry> out;
  for (const auto& [key, node] : table)
    out.push_back({prefix + std::string(key.str()), place_of(key.source()), place_of(node.source()), raw(node)});
  return out;
}

void append(std::vector<file_entry>& out, std::vector<file_entry> more) {
  out.insert(out.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

bool holds_tables(const toml::node& node) {
  const toml::array* array = node.as_array();
  return array && std::any_of(array->begin(), array->end(), [](const toml::node& item) { return item.is_table(); });
}

void sort_by_place(std::vector<file_section>& sections) {
  std::stable_sort(sections.begin(), sections.end(), [](const file_section& a, const file_section& b) {
    return std::pair(a.at.line, a.at.column) < std::pair(b.at.line, b.at.column);
  });
}

void read_faults(const toml::table& faults, file_content& out) {
  for (const auto& [event, node] : faults)
    if (const toml::table* table = node.as_table())
      out.faults.push_back({std::string(event.str()), place_of(event.source()), false, entries_of(*table, "")});
    else out.entries.push_back({"faults." + std::string(event.str()), place_of(event.source()), place_of(node.source()), raw(node)});
}

file_content flatten(const toml::table& root) {
  file_content out;
  for (const auto& [key, node] : root) {
    const std::string name(key.str());
    if (const toml::table* table = node.as_table()) {
      out.tables.push_back({name, place_of(key.source()), false, {}});
      if (name == "faults") read_faults(*table, out);
      else append(out.entries, entries_of(*table, name + "."));
    } else if (holds_tables(node)) {
      for (const toml::node& item : *node.as_array())
        if (const toml::table* one = item.as_table()) out.repeated.push_back({name, place_of(item.source()), true, entries_of(*one, "")});
        else out.entries.push_back({name, place_of(key.source()), place_of(item.source()), raw(item)});
    } else {
      out.entries.push_back({name, place_of(key.source()), place_of(node.source()), raw(node)});
    }
  }
  sort_by_place(out.repeated);
  sort_by_place(out.faults);
  return out;
}

/// Dots outside of quotes and comments. The library nests a table for each and destroys them recursively, so a text that is mostly dots
/// would exhaust the stack. Quotes are not followed past the end of a line: a dot too many in a text of several lines does no harm.
bool nests_too_deep(std::string_view text) {
  constexpr std::size_t most = 2000;
  std::size_t dots = 0;
  char quote = 0;
  bool comment = false;
  for (const char c : text) {
    if (c == '\n') quote = 0, comment = false;
    else if (comment) continue;
    else if (quote) quote = c == quote ? '\0' : quote;
    else if (c == '#') comment = true;
    else if (c == '"' || c == '\'') quote = c;
    else if (c == '.' && ++dots > most) return true;
  }
  return false;
}

}  // namespace

std::string where(const place& p) { return "shepsim.toml:" + std::to_string(p.line) + ":" + std::to_string(p.column); }

result<file_content> read_toml(std::string_view text) {
  if (nests_too_deep(text))
    return problem(problems::usage, "more than 2000 dots outside of texts: this is not a configuration", "shepsim.toml");
  const toml::parse_result parsed = toml::parse(text);
  if (parsed) return flatten(parsed.table());
  const toml::parse_error& error = parsed.error();
  const std::string description(error.description());
  // A Cyrillic letter that looks like a Latin one cannot be seen in the description.
  const bool foreign_letter =
      std::any_of(description.begin(), description.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
  return problem(problems::usage, "not TOML: " + description, where(place_of(error.source())),
                 foreign_letter ? "keys are written in Latin letters; other text stands in quotes" : "");
}

result<file_content> read_toml_file(const std::string& root) {
  const std::filesystem::path path = std::filesystem::path(root) / "shepsim.toml";
  const auto unusable = [&](std::string detail, std::string hint = {}) {
    return problem(problems::environment, std::move(detail), path.string(), std::move(hint));
  };
  std::error_code error;
  if (!std::filesystem::exists(path, error))
    return unusable("there is no shepsim.toml in this folder", "`shepsim init DIR` makes an example");
  // A pipe or device would make the start wait for ever.
  if (!std::filesystem::is_regular_file(path, error)) return unusable("shepsim.toml is not a regular file");
  if (const auto size = std::filesystem::file_size(path, error); error || size > largest_file)
    return unusable("shepsim.toml is larger than 256 KiB: this is not a configuration");
  std::ifstream file(path, std::ios::binary);
  if (!file) return unusable("shepsim.toml cannot be opened", "check its permissions");
  const std::string text(std::istreambuf_iterator<char>(file), {});
  if (file.bad()) return unusable("shepsim.toml cannot be read");
  return read_toml(text);
}

}  // namespace shep::config
