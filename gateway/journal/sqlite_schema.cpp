#include "journal/sqlite_schema.hpp"

#include "journal/problems.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>
#include <unistd.h>

namespace shep::journal::sqlite {
namespace {

constexpr std::int64_t application_id = 0x53484550;

struct object {
  std::string_view name;
  const char* sql;
};

/// In the order of names, as `check_schema` reads them.
constexpr object objects[] = {
    {"arrival",
     "CREATE TABLE arrival (seq INTEGER PRIMARY KEY, id TEXT NOT NULL, received_at INTEGER NOT NULL, channel TEXT NOT NULL, "
     "remote TEXT NOT NULL, target TEXT NOT NULL, head TEXT NOT NULL, check_value INTEGER NOT NULL, body_check INTEGER NOT NULL, "
     "raw BLOB) STRICT"},
    {"arrival_id", "CREATE UNIQUE INDEX arrival_id ON arrival (id)"},
    {"completion",
     "CREATE TABLE completion (seq INTEGER PRIMARY KEY, completed_at INTEGER NOT NULL, duration INTEGER NOT NULL, "
     "http_status INTEGER NOT NULL, outcome TEXT NOT NULL, service_id TEXT NOT NULL, sender_id TEXT NOT NULL, message_id TEXT NOT NULL, "
     "correlation_id TEXT NOT NULL, session_id TEXT NOT NULL, route TEXT NOT NULL, adapter TEXT NOT NULL, mapping_id TEXT NOT NULL, "
     "indication TEXT NOT NULL, sub_indication TEXT NOT NULL, problem_code TEXT NOT NULL, problem_detail TEXT NOT NULL, "
     "fault_code TEXT NOT NULL, unmatched INTEGER NOT NULL, check_value INTEGER NOT NULL, body_check INTEGER NOT NULL, "
     "trace TEXT NOT NULL, response BLOB) STRICT"},
    {"completion_message_id", "CREATE INDEX completion_message_id ON completion (message_id)"},
    {"completion_outcome", "CREATE INDEX completion_outcome ON completion (outcome)"},
    {"completion_sender_id", "CREATE INDEX completion_sender_id ON completion (sender_id)"},
    {"completion_service_id", "CREATE INDEX completion_service_id ON completion (service_id)"},
    {"completion_unmatched", "CREATE INDEX completion_unmatched ON completion (unmatched) WHERE unmatched = 1"},
    {"origin", "CREATE TABLE origin (first INTEGER NOT NULL) STRICT"},
    {"span", "CREATE TABLE span (first INTEGER PRIMARY KEY, earliest INTEGER NOT NULL, latest INTEGER NOT NULL) STRICT"},
};

problem system_problem(const std::string& what, const std::string& where) {
  return {problems::journal_unavailable, what + ": " + std::strerror(errno), where, "the folder must exist and be writable by this user"};
}

problem foreign(connection& c, std::string detail) {
  return {problems::journal_format, std::move(detail), sqlite3_db_filename(c.get(), "main"),
          "give another file name, or move this file away"};
}

}  // namespace

result<void> prepare_file(const std::string& path) {
  const int made = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (made >= 0) {
    ::close(made);
    std::filesystem::path folder = std::filesystem::path(path).parent_path();
    if (folder.empty()) folder = ".";
    const int directory = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const bool synced = directory >= 0 && ::fsync(directory) == 0;
    if (directory >= 0) ::close(directory);
    if (!synced) return system_problem("the journal's folder cannot be synced", folder);
    return {};
  }
  if (errno != EEXIST) return system_problem("the journal's file cannot be made", path);
  for (const char* ending : {"", "-wal", "-shm"}) {
    struct stat now {};
    const std::string file = path + ending;
    if (::stat(file.c_str(), &now) != 0) {
      if (errno == ENOENT) continue;
      return system_problem("the journal's file cannot be looked at", file);
    }
    if (!S_ISREG(now.st_mode))
      return problem(problems::journal_unavailable, "the journal must be a plain file", file, "give another file name");
    // SQLite takes a file shorter than its smallest page for an empty database and would write over what is left of a journal.
    if (*ending == '\0' && now.st_size > 0 && now.st_size < 512)
      return problem(problems::journal_format, "the journal's file is cut off in its first page", file,
                     "give another file name, or move this file away");
    if ((now.st_mode & 07777) != 0600 && ::chmod(file.c_str(), 0600) != 0)
      return system_problem("the journal holds personal data and its file cannot be closed to other users", file);
  }
  return {};
}

result<void> create_schema(connection& c) {
  const auto tables = c.integer("SELECT count(*) FROM sqlite_schema", "reading its schema");
  if (!tables) return tables.error();
  const auto version = c.integer("PRAGMA user_version", "reading its version");
  if (!version) return version.error();
  if (*tables != 0 || *version != 0) return {};
  std::string script = "BEGIN IMMEDIATE;";
  for (const object& o : objects) script += std::string(o.sql) + ";";
  script += "INSERT INTO origin VALUES (1); PRAGMA application_id=" + std::to_string(application_id) +
            "; PRAGMA user_version=" + std::to_string(format_version) + "; COMMIT";
  return c.run(script.c_str(), "creating its tables");
}

result<void> check_schema(connection& c) {
  const auto application = c.integer("PRAGMA application_id", "reading its kind");
  if (!application) return application.error();
  if (*application != application_id) return foreign(c, "the file is a database, but not a journal");
  const auto version = c.integer("PRAGMA user_version", "reading its version");
  if (!version) return version.error();
  if (*version != format_version)
    return foreign(c, "the journal's file has format version " + std::to_string(*version) + ", this program reads version " +
                          std::to_string(format_version));
  auto s = c.prepare("SELECT name, sql FROM sqlite_schema ORDER BY name");
  if (!s) return s.error();
  std::size_t i = 0;
  int code;
  for (; (code = s->step()) == SQLITE_ROW; ++i)
    if (i == std::size(objects) || s->octets(0) != objects[i].name || s->octets(1) != objects[i].sql) break;
  if (code != SQLITE_DONE && code != SQLITE_ROW) return problem_of(c.get(), code, "reading its schema");
  if (code == SQLITE_ROW || i != std::size(objects)) return foreign(c, "the journal's tables differ from format version 1");
  return {};
}

}  // namespace shep::journal::sqlite
