#include "cli/input_files.hpp"

#include <algorithm>
#include <filesystem>

namespace shep::cli {
namespace {

namespace fs = std::filesystem;

bool hidden(const fs::path& p) { return p.filename().native().starts_with('.'); }

result<void> add_folder(const std::string& folder, std::vector<std::string>& files) {
  std::error_code error;
  std::vector<std::string> found;
  fs::recursive_directory_iterator at(folder, error);
  for (const fs::recursive_directory_iterator end; !error && at != end; at.increment(error)) {
    if (hidden(at->path())) {
      at.disable_recursion_pending();
      continue;
    }
    if (at->is_regular_file() && !at->is_symlink()) found.push_back(at->path().string());
  }
  if (error) return problem(problems::environment, "the folder cannot be read: " + error.message(), folder);
  if (found.empty()) return problem(problems::environment, "the folder holds no file", folder, "name files, or a folder that holds some");
  std::sort(found.begin(), found.end());
  files.insert(files.end(), std::make_move_iterator(found.begin()), std::make_move_iterator(found.end()));
  return {};
}

}  // namespace

result<std::vector<std::string>> input_files(const std::vector<std::string>& named) {
  std::vector<std::string> files;
  for (const std::string& name : named) {
    std::error_code error;
    if (name != "-" && fs::is_directory(name, error)) {
      if (const auto ok = add_folder(name, files); !ok) return ok.error();
    } else {
      files.push_back(name);
    }
  }
  return files;
}

}  // namespace shep::cli
