#include "journal/sqlite_writer.hpp"

#include "journal/problems.hpp"
#include "journal/sqlite_reader.hpp"
#include "journal/sqlite_rows.hpp"
#include "journal/sqlite_schema.hpp"

#include <algorithm>

namespace shep::journal::sqlite {
namespace {

constexpr int busy_ms = 5000;

int remember_log_pages(void* to, sqlite3*, const char*, int pages) {
  *static_cast<int*>(to) = pages;
  return SQLITE_OK;
}

}  // namespace

result<void> writer::open() {
  auto opened = connection::open(path_, busy_ms);
  if (!opened) return opened.error();
  connection_ = std::move(*opened);
  {
    auto mode = connection_.prepare("PRAGMA journal_mode=WAL");
    if (!mode) return mode.error();
    if (const int code = mode->step(); code != SQLITE_ROW) return problem_of(connection_.get(), code, "switching to its log");
    if (mode->octets(0) != "wal")
      return problem(problems::journal_unavailable, "the journal's folder does not support a write-ahead log", path_,
                     "put the journal on a local disk");
  }
  const std::string pragmas =
      std::string("PRAGMA synchronous=") + (durable_ ? "FULL" : "NORMAL") + "; PRAGMA journal_size_limit=67108864; PRAGMA cache_size=-2048";
  if (auto r = connection_.run(pragmas.c_str(), "preparing the connection"); !r) return r;
  sqlite3_wal_hook(connection_.get(), remember_log_pages, &log_pages_);
  if (auto r = create_schema(connection_); !r) return r;
  if (auto r = check_schema(connection_); !r) return r;
  const std::pair<statement*, std::string_view> wanted[] = {{&insert_arrival_, arrival_sql},
                                                            {&insert_completion_, completion_sql},
                                                            {&insert_span_, "INSERT INTO span VALUES (?1,?2,?3)"},
                                                            {&find_, "SELECT seq FROM arrival WHERE id=?1"}};
  for (const auto& [made, sql] : wanted) {
    auto s = connection_.prepare(sql);
    if (!s) return s.error();
    *made = std::move(*s);
  }
  return load_position();
}

result<void> writer::load_position() {
  const auto last = connection_.integer("SELECT max(seq) FROM arrival", "looking for the last entry");
  if (!last) return last.error();
  const auto origin = connection_.integer("SELECT first FROM origin", "looking for the first entry");
  if (!origin) return origin.error();
  const std::int64_t next = std::max({*last + 1, *origin, std::int64_t{1}});
  auto s = connection_.prepare("SELECT count(*), min(received_at), max(received_at) FROM arrival WHERE seq >= ?1");
  if (!s) return s.error();
  s->bind(1, span_start(next));
  if (const int code = s->step(); code != SQLITE_ROW) return problem_of(connection_.get(), code, "looking at the last entries");
  position_ = {next, s->integer(0), s->integer(1), s->integer(2)};
  return {};
}

result<void> writer::ready() {
  if (!failed_ && log_pages_ >= checkpoint_pages_) {
    log_pages_ = 0;
    const int code = sqlite3_wal_checkpoint_v2(connection_.get(), "main", SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
    failed_ = code != SQLITE_OK && (code & 0xFF) != SQLITE_BUSY;
  }
  return failed_ ? reopen() : result<void>();
}

result<void> writer::append(std::span<const record> records) {
  if (auto r = ready(); !r) return r;
  const position before = position_;
  if (auto r = connection_.run("BEGIN IMMEDIATE", "beginning a group"); !r) return undo(r.error(), before);
  if (auto r = insert(records); !r) return undo(r.error(), before);
  if (auto r = connection_.run("COMMIT", "committing a group"); !r) return undo(r.error(), before);
  acknowledged_.clear();
  for (const record& r : records) acknowledged_.emplace_back(id_of(r), std::holds_alternative<completion>(r));
  return {};
}

result<void> writer::insert(std::span<const record> records) {
  fresh_arrivals fresh;
  for (const record& r : records) {
    if (const auto* a = std::get_if<arrival>(&r)) {
      const auto seq = insert_arrival(*a);
      if (!seq) return seq.error();
      fresh.emplace(a->id, *seq);
    } else if (auto inserted = insert_completion(std::get<completion>(r), fresh); !inserted) {
      return inserted;
    }
  }
  return {};
}

result<std::int64_t> writer::insert_arrival(const arrival& a) {
  const std::int64_t seq = position_.next;
  const reset_at_end end{insert_arrival_};
  bind_arrival(insert_arrival_, seq, a);
  const int code = insert_arrival_.step();
  if (code == SQLITE_CONSTRAINT_UNIQUE)
    return problem(problems::journal_duplicate, "the arrival of exchange " + a.id + " is recorded already");
  if (code != SQLITE_DONE) return problem_of(connection_.get(), code, "recording an arrival");
  const std::int64_t time = a.received_at.time_since_epoch().count();
  position_.earliest = position_.entries == 0 ? time : std::min(position_.earliest, time);
  position_.latest = position_.entries == 0 ? time : std::max(position_.latest, time);
  ++position_.entries;
  ++position_.next;
  if (seq % span_width == 0)
    if (auto r = close_span(); !r) return r.error();
  return seq;
}

result<void> writer::close_span() {
  const reset_at_end end{insert_span_};
  insert_span_.bind(1, span_start(position_.next - 1));
  insert_span_.bind(2, position_.earliest);
  insert_span_.bind(3, position_.latest);
  if (const int code = insert_span_.step(); code != SQLITE_DONE) return problem_of(connection_.get(), code, "recording a span of time");
  position_.entries = 0;
  return {};
}

result<void> writer::insert_completion(const completion& c, const fresh_arrivals& fresh) {
  std::int64_t seq;
  if (const auto found = fresh.find(c.id); found != fresh.end()) {
    seq = found->second;
  } else {
    const reset_at_end end{find_};
    find_.bind(1, std::string_view(c.id));
    const int code = find_.step();
    if (code == SQLITE_DONE) return problem(problems::journal_not_found, "exchange " + c.id + " completes but its arrival is not recorded");
    if (code != SQLITE_ROW) return problem_of(connection_.get(), code, "looking for an arrival");
    seq = find_.integer(0);
  }
  const reset_at_end end{insert_completion_};
  bind_completion(insert_completion_, seq, c);
  const int code = insert_completion_.step();
  if ((code & 0xFF) == SQLITE_CONSTRAINT)
    return problem(problems::journal_duplicate, "the completion of exchange " + c.id + " is recorded already");
  if (code != SQLITE_DONE) return problem_of(connection_.get(), code, "recording a completion");
  return {};
}

/// Takes back an unfinished group. A refusal of the records themselves leaves the journal in order; anything else does not.
result<void> writer::undo(problem why, const position& before) {
  position_ = before;
  const bool refused = why.code == problems::journal_duplicate || why.code == problems::journal_not_found;
  bool undone = sqlite3_get_autocommit(connection_.get()) != 0;
  if (!undone) undone = static_cast<bool>(connection_.run("ROLLBACK", "taking back a group"));
  failed_ = !refused || !undone;
  return why;
}

result<void> writer::reopen() {
  for (statement* s : {&insert_arrival_, &insert_completion_, &insert_span_, &find_}) *s = statement();
  connection_.close();
  if (auto r = open(); !r) return r;
  // Everything committed is written to the database again and synced there: a sync that failed is not trusted to have been made good.
  const int code = sqlite3_wal_checkpoint_v2(connection_.get(), "main", SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
  if (code != SQLITE_OK) return problem_of(connection_.get(), code, "bringing its log into the database");
  if (auto r = verify_acknowledged(); !r) return r;
  failed_ = false;
  return {};
}

result<void> writer::verify_acknowledged() {
  for (const auto& [id, completes] : acknowledged_) {
    const auto found = get(connection_, id);
    if (!found && found.error().code == problems::journal_unavailable) return found.error();
    if (!found || (completes && !found->completed))
      return problem(problems::journal_format, "exchange " + id + " was acknowledged but is not in the journal after a failure", path_,
                     "the disk lost what it had confirmed: keep a copy of the file and start with a new one");
  }
  return {};
}

result<void> writer::remove_all() {
  if (auto r = ready(); !r) return r;
  const position before = position_;
  const std::string script = "BEGIN IMMEDIATE; DELETE FROM completion; DELETE FROM arrival; DELETE FROM span; UPDATE origin SET first=" +
                             std::to_string(before.next) + "; COMMIT";
  if (auto r = connection_.run(script.c_str(), "removing all entries"); !r) return undo(r.error(), before);
  acknowledged_.clear();
  position_ = {before.next, 0, 0, 0};
  if (auto r = connection_.run("VACUUM", "giving back the room of removed entries"); !r) return undo(r.error(), position(position_));
  const int code = sqlite3_wal_checkpoint_v2(connection_.get(), "main", SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
  if (code != SQLITE_OK && (code & 0xFF) != SQLITE_BUSY)
    return undo(problem_of(connection_.get(), code, "giving back the room of removed entries"), position(position_));
  return {};
}

}  // namespace shep::journal::sqlite
