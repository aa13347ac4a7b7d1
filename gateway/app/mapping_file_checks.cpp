#include "app/files.hpp"
#include "app/mapping_checks.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>

namespace shep::app {
namespace {

namespace fs = std::filesystem;

void check_routes_have_mappings(const config::settings& s, std::span<const std::shared_ptr<const mocks::mapping>> mappings,
                                std::vector<problem>& out) {
  std::set<std::string, std::less<>> answered;
  for (const auto& m : mappings) answered.insert(m->service_id);
  if (answered.contains("")) return;  // one that may answer any service
  for (const auto& r : s.routes)
    if ((r.adapter == "mock" || r.adapter == "state") && !answered.contains(r.service))
      out.push_back({problems::usage, "no mapping answers the service '" + r.service + "'", "route." + r.service + ".adapter",
                     "add one below mappings/, or name another adapter"});
}

/// Whoever wrote such a file expects it to be loaded.
void check_unloaded(const std::string& root, std::vector<problem>& out) {
  std::error_code error;
  for (fs::recursive_directory_iterator entry(fs::path(root) / "mappings", error), end; !error && entry != end; entry.increment(error)) {
    std::string extension = entry->path().extension().string();
    const std::string place = entry->path().lexically_relative(root).generic_string();
    std::transform(extension.begin(), extension.end(), extension.begin(), [](unsigned char c) { return std::tolower(c); });
    if (entry->is_symlink(error) && entry->is_directory(error))
      out.push_back({problems::usage, "the folder is a link, and nothing in it is loaded", place, "copy the folder here"});
    else if (extension == ".json" && entry->path().extension() != ".json")
      out.push_back({problems::usage, "the file is not loaded", place, "mappings are files *.json"});
  }
}

/// Rows of demo/demo.tsv: system, name, serviceId, persona, request …, tabs between.
void check_demo(const config::settings& s, std::vector<problem>& out) {
  std::ifstream file(fs::path(resolved(s.root, "demo/demo.tsv")));
  constexpr std::ptrdiff_t columns = 9;
  std::string row;
  for (std::size_t line = 1; std::getline(file, row); ++line) {
    if (row.empty() || row.front() == '#') continue;
    const std::string place = "demo/demo.tsv:" + std::to_string(line);
    if (std::count(row.begin(), row.end(), '\t') + 1 != columns) {
      out.push_back(
          {problems::usage, "a row of the demo has not " + std::to_string(columns) + " columns", place, "the first line names them"});
      continue;
    }
    std::size_t at = 0;
    for (int column = 0; column < 4; ++column) at = row.find('\t', at) + 1;
    const fs::path written = row.substr(at, row.find('\t', at) - at);
    const fs::path request = fs::path(resolved(s.root, "demo")) / *written.begin() / written.filename();
    std::error_code error;
    if (!fs::is_regular_file(request, error))
      out.push_back(
          {problems::usage, "the request '" + written.generic_string() + "' of the demo is not there", place, "name a file below demo/"});
  }
}

}  // namespace

std::vector<problem> check_mapping_files(const config::settings& s, std::span<const std::shared_ptr<const mocks::mapping>> mappings) {
  std::vector<problem> out;
  check_routes_have_mappings(s, mappings, out);
  check_unloaded(s.root, out);
  check_demo(s, out);
  return out;
}

}  // namespace shep::app
