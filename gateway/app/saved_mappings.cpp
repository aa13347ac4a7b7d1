#include "app/saved_mappings.hpp"

#include "app/readable_json.hpp"
#include "mocks/engine/problems.hpp"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <unistd.h>

#include <boost/json.hpp>

namespace shep::app {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

constexpr std::string_view folder_name = "mappings/zz-saved";

problem trouble(const std::string& what, const std::string& file) {
  return {problems::environment, what + ": " + std::strerror(errno), file, "make the folder writable for the program"};
}

/// Is the folder, or what of it exists, inside of the root and no link to elsewhere?
bool is_inside(const fs::path& root, const fs::path& folder) {
  std::error_code failed;
  const fs::path top = fs::canonical(root, failed);
  if (failed) return false;
  const fs::path real = fs::weakly_canonical(folder, failed);
  return !failed && std::mismatch(top.begin(), top.end(), real.begin(), real.end()).first == top.end();
}

/// Written beside it and renamed.
result<void> put_file(const fs::path& file, const std::string& text, const std::string& shown) {
  const fs::path fresh = file.parent_path() / ("." + file.filename().string() + ".new");
  ::unlink(fresh.c_str());
  const int to = ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0644);
  if (to < 0) return trouble("the file cannot be made", shown);
  std::size_t done = 0;
  while (done < text.size()) {
    const ssize_t n = ::write(to, text.data() + done, text.size() - done);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) break;
    done += static_cast<std::size_t>(n);
  }
  const bool whole = done == text.size() && ::fsync(to) == 0;
  ::close(to);
  if (whole && ::rename(fresh.c_str(), file.c_str()) == 0) return {};
  const problem why = trouble("the file cannot be written", shown);
  ::unlink(fresh.c_str());
  return why;
}

/// One more than the largest number that a saved file has.
std::size_t next_number(const fs::path& folder) {
  std::size_t largest = 0;
  std::error_code failed;
  for (fs::directory_iterator entry(folder, failed), end; !failed && entry != end; entry.increment(failed)) {
    const std::string name = entry->path().filename().string();
    std::size_t number = 0;
    if (std::from_chars(name.data(), name.data() + std::min<std::size_t>(name.size(), 6), number).ec == std::errc())
      largest = std::max(largest, number);
  }
  return largest + 1;
}

std::string numbered(std::size_t number, const std::string& id) {
  char text[64];
  std::snprintf(text, sizeof text, "/%06zu-%.36s.json", number, id.c_str());
  return std::string(folder_name) + text;
}

std::string in_file_form(const mocks::mapping& m) {
  json::object source = json::parse(m.source).get_object();
  if (!source.contains("id") && !source.contains("uuid")) source["id"] = m.id;
  return readable(source) + "\n";
}

/// The file that a mapping replaces; empty when it is a new one.
result<std::string> file_of(const mocks::mapping& m, std::span<const std::shared_ptr<const mocks::mapping>> loaded) {
  const auto own = std::find_if(loaded.begin(), loaded.end(), [&](const auto& other) { return other->id == m.id; });
  if (own == loaded.end()) return std::string();
  const std::string& file = (*own)->file;
  if (std::count_if(loaded.begin(), loaded.end(), [&](const auto& other) { return other->file == file; }) == 1) return file;
  return problem(problems::mapping_file, "the mapping '" + m.name + "' stands in a file with others", file, "change it in that file");
}

}  // namespace

saved_mappings save_added_mappings(const std::string& root, mocks::mapping_store& store) {
  saved_mappings out;
  const auto added = store.added();
  const auto loaded = store.loaded();
  const fs::path top(root), folder = top / folder_name;
  if (added.empty()) return out;
  if (!is_inside(top, folder)) {
    out.problems.push_back({problems::mapping_file, "the folder of saved mappings is not inside of the root", std::string(folder_name),
                            "make mappings/zz-saved an ordinary folder"});
    return out;
  }
  std::size_t number = next_number(folder);
  std::vector<std::string> files;
  for (const auto& m : added) {
    auto file = file_of(*m, loaded);
    if (!file) out.problems.push_back(file.error());
    else if (!file->empty() && !is_inside(top, top / *file))
      out.problems.push_back({problems::mapping_file, "the file is not inside of the root", *file, "make it an ordinary file"});
    else files.push_back(file->empty() ? numbered(number++, m->id) : std::move(*file));
  }
  if (!out.problems.empty()) return out;
  std::error_code failed;
  fs::create_directories(folder, failed);
  if (failed) {
    out.problems.push_back({problems::environment, "the folder cannot be made: " + failed.message(), std::string(folder_name)});
    return out;
  }
  for (std::size_t i = 0; i < added.size(); ++i) {
    if (const auto ok = put_file(top / files[i], in_file_form(*added[i]), files[i]); !ok) {
      out.problems.push_back(ok.error());
      return out;
    }
    auto now = store.saved_as(*added[i], files[i]);
    if (!now.problems.empty()) {
      out.problems = std::move(now.problems);
      return out;
    }
    out.saved.push_back(std::move(now.made));
  }
  return out;
}

}  // namespace shep::app
