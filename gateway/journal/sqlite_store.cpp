#include "journal/sqlite_store.hpp"

#include "journal/lock_file.hpp"
#include "journal/problems.hpp"
#include "journal/sqlite_reader.hpp"
#include "journal/sqlite_schema.hpp"
#include "journal/sqlite_writer.hpp"

#include <memory>
#include <mutex>
#include <optional>

namespace shep::journal {

struct sqlite_store::parts {
  explicit parts(const std::string& path) : file(path), readers(path) {}
  ~parts() { readers.close(); }  // before the writer, which brings the log into the database when it closes last

  template <class F>
  auto read(F&& ask) -> decltype(ask(std::declval<sqlite::connection&>())) {
    auto c = readers.borrow();
    if (!c) return c.error();
    auto answer = ask(*c);
    if (answer || answer.error().code == problems::journal_not_found) readers.give_back(std::move(*c));
    return answer;
  }

  const std::string file;
  lock_file lock;
  std::mutex writing;
  std::optional<sqlite::writer> writer;
  sqlite::readers readers;
};

namespace {

problem read_only(const std::string& file) { return {problems::journal_unavailable, "the journal was opened for reading only", file}; }

}  // namespace

sqlite_store::sqlite_store(std::unique_ptr<parts> p) : parts_(std::move(p)) {}
sqlite_store::~sqlite_store() = default;

result<std::shared_ptr<sqlite_store>> sqlite_store::open(const sqlite_settings& s) {
  auto p = std::make_unique<parts>(s.file);
  // The lock first: closing a file of our own while another store of this process has it open would end SQLite's locks on it.
  auto lock = lock_file::take(s.file + ".lock");
  if (!lock) return lock.error();
  p->lock = std::move(*lock);
  if (auto r = sqlite::prepare_file(s.file); !r) return r.error();
  p->writer.emplace(s.file, s.durable, s.log_pages);
  if (auto r = p->writer->open(); !r) return r.error();
  return std::shared_ptr<sqlite_store>(new sqlite_store(std::move(p)));
}

result<std::shared_ptr<sqlite_store>> sqlite_store::open_for_reading(const std::string& file) {
  auto p = std::make_unique<parts>(file);
  auto c = p->readers.borrow();
  if (!c) return c.error();
  p->readers.give_back(std::move(*c));
  return std::shared_ptr<sqlite_store>(new sqlite_store(std::move(p)));
}

result<void> sqlite_store::append(std::span<const record> records) {
  if (!parts_->writer) return read_only(parts_->file);
  const std::lock_guard lock(parts_->writing);
  return parts_->writer->append(records);
}

result<void> sqlite_store::remove_all() {
  if (!parts_->writer) return read_only(parts_->file);
  const std::lock_guard lock(parts_->writing);
  return parts_->writer->remove_all();
}

result<page> sqlite_store::list(const filter& f, std::size_t limit, std::optional<std::uint64_t> before) const {
  return parts_->read([&](sqlite::connection& c) { return sqlite::list(c, f, limit, before); });
}

result<entry> sqlite_store::get(const std::string& id) const {
  return parts_->read([&](sqlite::connection& c) { return sqlite::get(c, id); });
}

result<std::uint64_t> sqlite_store::count(const filter& f) const {
  return parts_->read([&](sqlite::connection& c) { return sqlite::count(c, f); });
}

}  // namespace shep::journal
