#include "journal/sqlite.hpp"

#include "journal/problems.hpp"

#include <cstring>

namespace shep::journal::sqlite {

problem problem_of(sqlite3* database, int code, std::string_view doing) {
  const int kind = code & 0xFF;
  const bool damaged = kind == SQLITE_CORRUPT || kind == SQLITE_NOTADB || kind == SQLITE_FORMAT || kind == SQLITE_SCHEMA;
  const bool full = kind == SQLITE_FULL;
  std::string detail = "the journal failed at " + std::string(doing) + ": " + sqlite3_errstr(code);
  if (database != nullptr) {
    detail += std::string(", ") + sqlite3_errmsg(database);
    if (const int system = sqlite3_system_errno(database); system != 0 && kind == SQLITE_IOERR)
      detail += std::string(", ") + std::strerror(system);
  }
  const char* file = database != nullptr ? sqlite3_db_filename(database, "main") : nullptr;
  std::string hint = damaged ? "keep a copy of the file, then restore it or start with a new one"
                     : full  ? "make room on the disk; recording goes on by itself"
                             : "look at the disk and at the rights on the journal's folder";
  return {damaged ? problems::journal_format : problems::journal_unavailable, std::move(detail), file ? file : "", std::move(hint)};
}

void statement::bind(int index, std::string_view text) {
  sqlite3_bind_text64(handle_.get(), index, text.data() ? text.data() : "", text.size(), SQLITE_STATIC, SQLITE_UTF8);
}

void statement::bind_body(int index, const std::string* octets) {
  if (octets) sqlite3_bind_blob64(handle_.get(), index, octets->data(), octets->size(), SQLITE_STATIC);
  else sqlite3_bind_null(handle_.get(), index);
}

void statement::reset() {
  sqlite3_reset(handle_.get());
  sqlite3_clear_bindings(handle_.get());
}

std::string_view statement::octets(int column) {
  const auto* data = static_cast<const char*>(sqlite3_column_blob(handle_.get(), column));
  const int size = sqlite3_column_bytes(handle_.get(), column);
  return data && size > 0 ? std::string_view(data, static_cast<std::size_t>(size)) : std::string_view();
}

shared_bytes statement::body(int column) {
  if (is_null(column)) return nullptr;
  return share(std::string(octets(column)));
}

result<connection> connection::open(const std::string& path, int busy_ms) {
  sqlite3* opened = nullptr;
  const int code = sqlite3_open_v2(path.c_str(), &opened, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nullptr);
  connection c;
  c.handle_.reset(opened);
  if (code != SQLITE_OK) return problem_of(opened, code, "opening its file");
  sqlite3_busy_timeout(opened, busy_ms);
  sqlite3_db_config(opened, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(opened, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  sqlite3_db_config(opened, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, nullptr);
  sqlite3_db_config(opened, SQLITE_DBCONFIG_ENABLE_VIEW, 0, nullptr);
  // A page read through a memory map turns an I/O error into SIGBUS; cells are checked because the file may be damaged.
  if (auto r = c.run("PRAGMA mmap_size=0; PRAGMA cell_size_check=ON", "preparing the connection"); !r) return r.error();
  return c;
}

result<void> connection::run(const char* sql, std::string_view doing) {
  const int code = sqlite3_exec(handle_.get(), sql, nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) return problem_of(handle_.get(), code, doing);
  return {};
}

result<statement> connection::prepare(std::string_view sql) {
  sqlite3_stmt* made = nullptr;
  const int code = sqlite3_prepare_v2(handle_.get(), sql.data(), static_cast<int>(sql.size()), &made, nullptr);
  if (code != SQLITE_OK) return problem_of(handle_.get(), code, "preparing a statement");
  return statement(made);
}

result<std::int64_t> connection::integer(std::string_view sql, std::string_view doing) {
  auto s = prepare(sql);
  if (!s) return s.error();
  const int code = s->step();
  if (code == SQLITE_DONE) return std::int64_t{0};
  if (code != SQLITE_ROW) return problem_of(handle_.get(), code, doing);
  return s->integer(0);
}

}  // namespace shep::journal::sqlite
