#include "app/place_checks.hpp"

#include "app/files.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>

namespace shep::app {
namespace {

namespace fs = std::filesystem;

void check_ports(const config::listen_settings& l, std::vector<problem>& out) {
  const auto clash = [&](const std::string& a, std::uint16_t port, const std::string& b, std::uint16_t other, const std::string& key) {
    if (port != 0 && port == other && a == b)
      out.push_back({problems::usage, "two listeners want the port " + std::to_string(port) + " of " + a, "listen." + key,
                     "give each a port of its own; 0 picks a free one"});
  };
  clash(l.address, l.port, l.admin_address, l.admin_port, "admin_port");
  clash(l.address, l.port, l.ncanode_address, l.ncanode_port, "ncanode_port");
  clash(l.admin_address, l.admin_port, l.ncanode_address, l.ncanode_port, "ncanode_port");
}

bool is_sqlite(const fs::path& file) {
  constexpr std::string_view magic("SQLite format 3\0", 16);
  std::string start(magic.size(), '\0');
  std::ifstream in(file, std::ios::binary);
  in.read(start.data(), static_cast<std::streamsize>(start.size()));
  return in.gcount() == 0 || start == magic;  // an empty file becomes a journal
}

void check_files(const config::settings& s, std::vector<problem>& out) {
  std::error_code failed;
  const fs::path records = resolved(s.root, s.forward.record_folder);
  if (fs::exists(records, failed) && !fs::is_directory(records, failed))
    out.push_back({problems::usage, "the folder for recordings is a file", "forward.record_folder: " + s.forward.record_folder,
                   "name a folder; it is made when it is missing"});
  const fs::path journal = resolved(s.root, s.journal.file);
  const fs::path inside =
      fs::weakly_canonical(journal, failed).lexically_relative(fs::weakly_canonical(fs::path(s.root) / "mappings", failed));
  const std::string hint = "name a file of its own, such as data/journal.db";
  if (!inside.empty() && *inside.begin() != "..")
    out.push_back({problems::usage, "the journal lies among the mappings", "journal.file: " + s.journal.file, hint});
  if (fs::is_directory(journal, failed) || (fs::is_regular_file(journal, failed) && !is_sqlite(journal)))
    out.push_back({problems::usage, "the file is there and is no journal", "journal.file: " + s.journal.file, hint});
}

bool looks_like_json(const fs::path& file) {
  std::string end = file.extension().string();
  std::transform(end.begin(), end.end(), end.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return end == ".json" && file.extension() != ".json";
}

void check_left_out(const fs::path& root, std::vector<problem>& out) {
  std::error_code failed;
  for (fs::recursive_directory_iterator entry(root / "mappings", failed), end; !failed && entry != end; entry.increment(failed)) {
    std::error_code unknown;
    const std::string name = entry->path().lexically_relative(root).generic_string();
    if (entry->is_symlink(unknown) && entry->is_directory(unknown))
      out.push_back({problems::usage, "the folder is a link, and what is in it is not loaded", name, "copy the folder here"});
    else if (looks_like_json(entry->path()) && entry->is_regular_file(unknown))
      out.push_back({problems::usage, "the file is not loaded: mappings end with .json", name, "rename it"});
  }
}

}  // namespace

void check_places(const config::settings& s, root_findings& out) {
  check_ports(s.listen, out.errors);
  check_files(s, out.errors);
  check_left_out(s.root, out.warnings);
}

}  // namespace shep::app
