#pragma once

#include "journal/store.hpp"

#include <cstdint>
#include <memory>
#include <string>

namespace shep::journal {

struct sqlite_settings {
  std::string file;      ///< in an existing folder on a local disk
  bool durable = true;   ///< sync each group; false: a power cut may take the latest groups, a killed process loses nothing
  int log_pages = 4096;  ///< pages of 4 KiB in the write-ahead log from which on it is copied into the database before the next group
};

/// The journal in one SQLite file, described by FORMAT.md. Readers use connections of their own.
class sqlite_store final : public store {
 public:
  /// Opens or makes the file (mode 0600) for the one process that writes it.
  /// `problems::journal_locked`: another process writes it. `problems::journal_format`: not a journal, of another version, or damaged.
  static result<std::shared_ptr<sqlite_store>> open(const sqlite_settings&);

  /// Opens an existing file to look at it, also while another process writes it. `append` and `remove_all` answer with a problem.
  static result<std::shared_ptr<sqlite_store>> open_for_reading(const std::string& file);

  ~sqlite_store() override;

  result<void> append(std::span<const record>) override;
  result<page> list(const filter&, std::size_t limit, std::optional<std::uint64_t> before = {}) const override;
  result<entry> get(const std::string& id) const override;
  result<std::uint64_t> count(const filter& = {}) const override;
  result<void> remove_all() override;

 private:
  struct parts;
  explicit sqlite_store(std::unique_ptr<parts>);
  std::unique_ptr<parts> parts_;
};

}  // namespace shep::journal
