#pragma once

#include "core/bytes.hpp"
#include "core/result.hpp"

#include <cstdint>
#include <memory>
#include <sqlite3.h>
#include <string>
#include <string_view>

/// SQLite's handles with owners and problems. For this module's sources only. One thread uses a connection at a time.
namespace shep::journal::sqlite {

/// What an SQLite result code means to the journal: damage is `journal_format`, everything else `journal_unavailable`.
problem problem_of(sqlite3* database, int code, std::string_view doing);

/// A prepared statement. Bound text and bodies are not copied: they must live until `reset`.
class statement {
 public:
  statement() = default;
  explicit statement(sqlite3_stmt* s) : handle_(s) {}

  void bind(int index, std::int64_t value) { sqlite3_bind_int64(handle_.get(), index, value); }
  void bind(int index, std::string_view text);
  void bind_body(int index, const std::string* octets);  ///< null pointer: NULL

  /// SQLITE_ROW, SQLITE_DONE or an error code.
  int step() { return sqlite3_step(handle_.get()); }
  void reset();

  std::int64_t integer(int column) { return sqlite3_column_int64(handle_.get(), column); }
  bool is_null(int column) { return sqlite3_column_type(handle_.get(), column) == SQLITE_NULL; }
  std::string_view octets(int column);  ///< valid until the next step or reset
  shared_bytes body(int column);

  sqlite3* database() const { return sqlite3_db_handle(handle_.get()); }

 private:
  struct finalizer {
    void operator()(sqlite3_stmt* s) const { sqlite3_finalize(s); }
  };
  std::unique_ptr<sqlite3_stmt, finalizer> handle_;
};

/// Resets a statement when a scope ends, so that no read transaction stays open.
struct reset_at_end {
  statement& used;
  ~reset_at_end() { used.reset(); }
};

class connection {
 public:
  connection() = default;

  /// Opens an existing file for reading and writing, with no trust in what its schema says. Waits `busy_ms` for other processes' locks.
  static result<connection> open(const std::string& path, int busy_ms);

  result<void> run(const char* sql, std::string_view doing);
  result<statement> prepare(std::string_view sql);
  result<std::int64_t> integer(std::string_view sql, std::string_view doing);  ///< first column of the first row; 0 without a row

  explicit operator bool() const { return handle_ != nullptr; }
  sqlite3* get() const { return handle_.get(); }
  void close() { handle_.reset(); }

 private:
  struct closer {
    void operator()(sqlite3* database) const { sqlite3_close_v2(database); }
  };
  std::unique_ptr<sqlite3, closer> handle_;
};

}  // namespace shep::journal::sqlite
