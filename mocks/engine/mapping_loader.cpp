#include "mocks/engine/mapping_loader.hpp"

#include "mocks/engine/mapping_decoder.hpp"
#include "mocks/engine/mapping_keys.hpp"
#include "mocks/engine/problems.hpp"

#include <algorithm>
#include <fstream>
#include <unordered_map>

namespace shep::mocks {
namespace {

namespace fs = std::filesystem;

class loader {
 public:
  explicit loader(body_source& bodies) : context_(bodies) {}

  void read(const mapping_text& text) {
    decode_report report{{text.file, text.json}, {}};
    const auto value = read_json(report.source);
    if (!value) {
      outcome_.problems.push_back(value.error());
      return;
    }
    const json_node root(*value, report);
    if (root.member("mappings")) read_list(root, report, text.file);
    else add(root, report, text.file, 0);
    outcome_.problems.insert(outcome_.problems.end(), report.problems.begin(), report.problems.end());
  }

  void read_one(std::string_view file, std::string_view json, std::string_view id) {
    decode_report report{{file, json}, {}};
    const auto value = read_json(report.source);
    if (!value) return note(value.error());
    const json_node root(*value, report);
    auto made = decode_mapping(root, file, 0, context_);
    if (made && report.problems.empty()) {
      if (!root.member("id") && !root.member("uuid")) made->id = id;
      outcome_.mappings.push_back(std::make_shared<const mapping>(std::move(*made)));
    }
    outcome_.problems = std::move(report.problems);
  }

  void read_pattern(std::string_view name, std::string_view json) {
    decode_report report{{name, json}, {}};
    const auto value = read_json(report.source);
    if (!value) return note(value.error());
    mapping made;
    made.name = name;
    decode_request(json_node(*value, report), context_, made);
    if (report.problems.empty()) outcome_.mappings.push_back(std::make_shared<const mapping>(std::move(made)));
    outcome_.problems = std::move(report.problems);
  }

  void note(problem p) { outcome_.problems.push_back(std::move(p)); }

  load_outcome finish() { return std::move(outcome_); }

 private:
  void read_list(const json_node& root, decode_report& report, std::string_view file) {
    if (!root.is_object(keys::file)) return;
    const auto list = root.member("mappings");
    const auto items = list->items();
    for (std::size_t i = 0; i < items.size(); ++i) add(items[i], report, file, i);
  }

  void add(const json_node& node, decode_report& report, std::string_view file, std::size_t index) {
    const auto known_problems = report.problems.size();
    auto made = decode_mapping(node, file, index, context_);
    // Of a full report nobody can tell whether this mapping has mistakes too.
    if (!made || report.problems.size() > known_problems || report.full()) return;
    const auto [place, fresh] = ids_.try_emplace(made->id, made->name + " in " + made->file);
    if (!fresh) {
      node.fail(problems::mapping_duplicate, "the id " + made->id + " belongs to '" + place->second + "' already",
                "give one of them another id");
      return;
    }
    outcome_.mappings.push_back(std::make_shared<const mapping>(std::move(*made)));
  }

  decode_context context_;
  load_outcome outcome_;
  std::unordered_map<std::string, std::string> ids_;
};

/// Paths of the mapping files below `folder`, sorted; what cannot be walked or is no ordinary file is noted.
std::vector<fs::path> mapping_files(const fs::path& folder, loader& loading) {
  std::vector<fs::path> files;
  std::error_code error;
  for (fs::recursive_directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
    const bool json = entry->path().extension() == ".json";
    const auto kind = entry->symlink_status().type();
    if (json && kind == fs::file_type::regular) files.push_back(entry->path());
    else if (json && kind != fs::file_type::directory)
      loading.note({problems::mapping_file, "a mapping is not an ordinary file", entry->path().generic_string(), "copy the file here"});
  }
  if (error) loading.note({problems::mapping_file, "the folder cannot be read: " + error.message(), folder.generic_string()});
  std::sort(files.begin(), files.end(), [](const fs::path& a, const fs::path& b) { return a.generic_string() < b.generic_string(); });
  return files;
}

}  // namespace

load_outcome load_mappings(const fs::path& root) {
  folder_bodies bodies(root / "__files");
  loader loading(bodies);
  const auto folder = root / "mappings";
  if (std::error_code error; !fs::exists(folder, error)) return loading.finish();
  for (const auto& path : mapping_files(folder, loading)) {
    const std::string name = path.lexically_relative(root).generic_string();
    std::error_code error;
    if (const auto size = fs::file_size(path, error); error || size > largest_json) {
      loading.note(
          {problems::mapping_file, "the mapping file cannot be read or has more than 16 MiB", name, "split it into several files"});
      continue;
    }
    std::ifstream file(path, std::ios::binary);
    mapping_text text{name, {std::istreambuf_iterator<char>(file), {}}};
    if (file.bad() || !file.is_open()) loading.note({problems::mapping_file, "the mapping file cannot be read", name});
    else loading.read(text);
  }
  return loading.finish();
}

load_outcome load_mappings(std::span<const mapping_text> texts, body_source& bodies) {
  loader loading(bodies);
  for (const auto& text : texts) loading.read(text);
  return loading.finish();
}

load_outcome load_added_mapping(std::string_view file, std::string_view json, std::string_view id, body_source& bodies) {
  loader loading(bodies);
  loading.read_one(file, json, id);
  return loading.finish();
}

load_outcome load_request_pattern(std::string_view name, std::string_view json) {
  memory_bodies none({});
  loader loading(none);
  loading.read_pattern(name, json);
  return loading.finish();
}

}  // namespace shep::mocks
