#pragma once

#include "journal/sqlite.hpp"
#include "journal/store.hpp"

#include <mutex>
#include <vector>

/// The reading half of the SQLite store: each function asks one connection, inside one read transaction.
namespace shep::journal::sqlite {

result<page> list(connection&, const filter&, std::size_t limit, std::optional<std::uint64_t> before);
result<entry> get(connection&, const std::string& id);
result<std::uint64_t> count(connection&, const filter&);

/// Connections for reading, kept for the next reader. Any thread.
class readers {
 public:
  explicit readers(std::string path) : path_(std::move(path)) {}

  /// A connection that no other thread uses now.
  result<connection> borrow();
  /// Gives back a connection that works.
  void give_back(connection);
  void close();

 private:
  const std::string path_;
  std::mutex mutex_;
  std::vector<connection> idle_;
};

}  // namespace shep::journal::sqlite
