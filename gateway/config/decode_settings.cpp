#include "config/decoder.hpp"
#include "config/nearest.hpp"

#include <algorithm>
#include <set>

namespace shep::config {
namespace {

/// A value with the name of its source.
struct sourced {
  raw_value value;
  std::string source;  ///< as in `origin`
  std::string at;      ///< as in `problem::where`
};

const key_row<settings>* find_row(std::string_view key) {
  for (const auto& row : setting_keys())
    if (row.key == key) return &row;
  return nullptr;
}

std::vector<std::string> known(std::string (*named)(const key_row<settings>&)) {
  std::vector<std::string> out;
  for (const auto& row : setting_keys()) out.push_back(named(row));
  return out;
}

void decode_row(const key_row<settings>& row, const sourced& from, decoding_run& run) {
  const slot member = row.member(run.out);
  if (const auto refused = decode(from.value, member, row.obeys)) return run.refuse(sentence(row.key, *refused), from.at, refused->hint);
  run.origins.push_back({std::string(row.key), toml_literal(member, row.obeys), from.source});
}

std::string line_of(const file_entry& e) { return "shepsim.toml:" + std::to_string(e.key_at.line); }

void refuse_unknown(const file_content& file, const overrides& given, decoding_run& run) {
  const auto names = known_names();
  std::set<std::string_view> known_tables{"faults"};
  for (const auto& row : setting_keys()) known_tables.insert(row.key.substr(0, row.key.find('.')));
  for (const file_section& table : file.tables) {
    if (known_tables.contains(table.name)) continue;
    const bool repeatable = table.name == "sender" || table.name == "route";
    run.refuse(repeatable ? table.name + ": expected an array of tables, found one table" : "[" + table.name + "]: no such section",
               where(table.at), repeatable ? "write [[" + table.name + "]]" : suggestion(table.name, names));
  }
  for (const file_entry& entry : file.entries) {
    const std::string table = entry.key.substr(0, entry.key.find('.'));
    const bool in_table = table.size() != entry.key.size();
    if (in_table && !known_tables.contains(table)) continue;  // the section itself was refused
    if (find_row(entry.key)) continue;
    if (!in_table && (known_tables.contains(table) || table == "sender" || table == "route"))
      run.refuse(entry.key + ": expected a section, found a value", where(entry.value_at),
                 table == "sender" || table == "route" ? "write [[" + table + "]]" : "write [" + table + "]");
    else if (table == "faults")
      run.refuse(entry.key + ": expected a table, found a value", where(entry.value_at),
                 "write [" + entry.key + "] and below it code and message");
    else run.refuse(entry.key + ": no such key", where(entry.key_at), suggestion(entry.key, names));
  }
  const auto variables = known([](const key_row<settings>& row) { return environment_name(row.key); });
  for (const auto& [name, value] : given.environment)
    if (std::find(variables.begin(), variables.end(), name) == variables.end())
      run.refuse(name + ": no such environment variable", "environment " + name, suggestion(name, variables));
  const auto keys = known([](const key_row<settings>& row) { return std::string(row.key); });
  for (const auto& [key, value] : given.flags)
    if (!find_row(key)) run.refuse(key + ": no such key", "flag " + key, suggestion(key, keys));
}

}  // namespace

void decode_settings(const file_content& file, const overrides& given, decoding_run& run) {
  refuse_unknown(file, given, run);
  std::map<std::string_view, const file_entry*> written;
  for (const file_entry& entry : file.entries) written.emplace(entry.key, &entry);
  for (const auto& row : setting_keys()) {
    const std::string key(row.key);
    std::vector<sourced> sources;  // the first wins; the others are looked at too, so that a mistake does not hide behind a flag
    if (const auto flag = given.flags.find(key); flag != given.flags.end())
      sources.push_back({words{flag->second}, "flag " + flag_name(row), "flag " + flag_name(row)});
    const std::string variable = environment_name(row.key);
    if (const auto found = given.environment.find(variable); found != given.environment.end())
      sources.push_back({words{found->second}, "environment " + variable, "environment " + variable});
    if (const auto entry = written.find(key); entry != written.end())
      sources.push_back({entry->second->value, line_of(*entry->second), where(entry->second->value_at)});
    if (sources.empty()) run.origins.push_back({key, toml_literal(row.member(run.out), row.obeys), "default"});
    settings ignored;
    for (const sourced& from : sources) {
      if (&from == &sources.front()) decode_row(row, from, run);
      else if (const auto refused = decode(from.value, row.member(ignored), row.obeys))
        run.refuse(sentence(row.key, *refused), from.at, refused->hint);
    }
  }
}

std::string sentence(std::string_view key, const refusal& why) { return std::string(key) + ": " + why.expected + ", " + why.found; }

std::vector<std::string> known_names() {
  std::vector<std::string> names{"sender", "route", "faults"};
  for (const auto& row : setting_keys()) {
    const std::string table(row.key.substr(0, row.key.find('.')));
    if (std::find(names.begin(), names.end(), table) == names.end()) names.push_back(table);
    names.emplace_back(row.key);
  }
  return names;
}

void decoding_run::refuse(std::string detail, std::string at, std::string hint) {
  problems.emplace_back(shep::problems::usage, std::move(detail), std::move(at), std::move(hint));
}

}  // namespace shep::config
