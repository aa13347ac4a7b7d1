#include "journal/sqlite_reader.hpp"

#include "journal/problems.hpp"
#include "journal/sqlite_rows.hpp"
#include "journal/sqlite_schema.hpp"

#include <algorithm>
#include <limits>

namespace shep::journal::sqlite {
namespace {

constexpr std::size_t most_on_a_page = 1000;
constexpr int most_visited = 2048;  ///< rows looked at for one page
constexpr std::size_t most_idle = 4;

struct range {
  std::int64_t first, last;
};

struct read_transaction {
  connection& used;
  ~read_transaction() {
    if (sqlite3_get_autocommit(used.get()) == 0) sqlite3_exec(used.get(), "ROLLBACK", nullptr, nullptr, nullptr);
  }
};

/// The sequences that can hold what the filter asks for, newest first. Times are found through `span`; the last, unfinished span has
/// no row there and is always looked at.
result<std::vector<range>> ranges(connection& c, const filter& f, std::optional<std::uint64_t> before) {
  const auto last_span = c.integer("SELECT coalesce((SELECT max(first) FROM span), -1)", "looking for the last span of time");
  if (!last_span) return last_span.error();
  const auto origin = c.integer("SELECT first FROM origin", "looking for the first entry");
  if (!origin) return origin.error();
  constexpr std::int64_t largest = std::numeric_limits<std::int64_t>::max() - 2 * span_width;
  const std::int64_t tail = std::clamp<std::int64_t>(*last_span >= 0 ? *last_span + span_width : span_start(*origin), 1, largest);
  std::int64_t top = tail + span_width - 1;
  if (before) top = static_cast<std::int64_t>(std::min<std::uint64_t>(static_cast<std::uint64_t>(top), *before == 0 ? 0 : *before - 1));
  if (!f.since && !f.until) return std::vector<range>{{1, top}};

  std::vector<range> found;
  if (top >= tail) found.push_back({tail, top});
  auto s = c.prepare("SELECT min(first), max(first) FROM span WHERE latest >= ?1 AND earliest < ?2 AND first <= ?3");
  if (!s) return s.error();
  s->bind(1, f.since ? f.since->time_since_epoch().count() : std::numeric_limits<std::int64_t>::min());
  s->bind(2, f.until ? f.until->time_since_epoch().count() : std::numeric_limits<std::int64_t>::max());
  s->bind(3, top);
  if (const int code = s->step(); code != SQLITE_ROW) return problem_of(c.get(), code, "looking for a span of time");
  if (!s->is_null(0)) found.push_back({s->integer(0), std::min(std::min(s->integer(1), largest) + span_width - 1, top)});
  return found;
}

/// The condition whose index finds fewest rows; the others are checked row by row.
struct leading_condition {
  std::string_view column;
  const std::string* text = nullptr;
};

leading_condition lead(const filter& f) {
  if (f.message_id) return {"message_id", &*f.message_id};
  if (f.sender_id) return {"sender_id", &*f.sender_id};
  if (f.unmatched && *f.unmatched) return {"unmatched"};
  if (f.service_id) return {"service_id", &*f.service_id};
  if (f.outcome) return {"outcome", &*f.outcome};
  return {};
}

result<statement> prepare_list(connection& c, const leading_condition& by) {
  std::string sql = "SELECT " + std::string(entry_columns);
  const std::string column(by.column);
  if (column.empty()) sql += " FROM arrival a LEFT JOIN completion c ON c.seq=a.seq WHERE a.seq BETWEEN ?1 AND ?2 ORDER BY a.seq DESC";
  else
    sql += " FROM completion c INDEXED BY completion_" + column + " CROSS JOIN arrival a ON a.seq=c.seq WHERE c." + column +
           (by.text ? "=?3" : "=1") + " AND c.seq BETWEEN ?1 AND ?2 ORDER BY c.seq DESC";
  return c.prepare(sql);
}

/// Fills a page from ranges of sequences, within a bounded number of rows, and gets past damaged places.
class page_filler {
 public:
  page_filler(const filter& f, std::size_t limit) : filter_(f), limit_(std::clamp<std::size_t>(limit, 1, most_on_a_page)) {}

  /// False when the page is finished.
  result<bool> fill(statement& s, const leading_condition& by, range r) {
    for (std::int64_t skip = 1; r.first <= r.last;) {
      const reset_at_end end{s};
      s.bind(1, r.first);
      s.bind(2, r.last);
      if (by.text) s.bind(3, std::string_view(*by.text));
      int code;
      while ((code = s.step()) == SQLITE_ROW) {
        skip = 1;
        r.last = s.integer(0) - 1;
        if (!take(s)) return false;
        if (++visited_ >= most_visited) {
          page_.next = static_cast<std::uint64_t>(r.last + 1);
          return false;
        }
      }
      if (code == SQLITE_DONE) return true;
      if ((code & 0xFF) != SQLITE_CORRUPT) return problem_of(s.database(), code, "listing entries");
      // A damaged page of the file hides its neighbours too: go on below it, in growing steps.
      if (skip == 1) ++page_.damaged;
      r.last -= skip;
      skip *= 2;
    }
    return true;
  }

  page finish() { return std::move(page_); }

 private:
  bool take(statement& s) {
    auto e = read_entry(s);
    if (!e) {
      ++page_.damaged;
      return true;
    }
    if (!matches(filter_, *e)) return true;
    if (page_.entries.size() == limit_) {
      page_.next = page_.entries.back().sequence;
      return false;
    }
    page_.entries.push_back(std::move(*e));
    return true;
  }

  const filter& filter_;
  const std::size_t limit_;
  int visited_ = 0;
  page page_;
};

}  // namespace

result<page> list(connection& c, const filter& f, std::size_t limit, std::optional<std::uint64_t> before) {
  const read_transaction transaction{c};
  if (auto r = c.run("BEGIN", "beginning to read"); !r) return r.error();
  const auto where = ranges(c, f, before);
  if (!where) return where.error();
  const leading_condition by = lead(f);
  auto s = prepare_list(c, by);
  if (!s) return s.error();
  page_filler filler(f, limit);
  for (const range& r : *where) {
    const auto more = filler.fill(*s, by, r);
    if (!more) return more.error();
    if (!*more) break;
  }
  return filler.finish();
}

result<entry> get(connection& c, const std::string& id) {
  auto s = c.prepare("SELECT " + std::string(entry_columns) + std::string(body_columns) +
                     " FROM arrival a LEFT JOIN completion c ON c.seq=a.seq WHERE a.id=?1");
  if (!s) return s.error();
  s->bind(1, std::string_view(id));
  const int code = s->step();
  if (code == SQLITE_DONE) return problem(problems::journal_not_found, "the journal has no exchange " + id);
  if (code != SQLITE_ROW) return problem_of(c.get(), code, "reading an entry");
  auto e = read_entry(*s);
  if (!e || !read_bodies(*s, *e) || e->arrived.id != id)
    return problem(problems::journal_format, "the entry of exchange " + id + " is damaged: its check value differs",
                   sqlite3_db_filename(c.get(), "main"), "keep a copy of the file, then restore it or start with a new one");
  return std::move(*e);
}

result<std::uint64_t> count(connection& c, const filter& f) {
  const read_transaction transaction{c};
  if (auto r = c.run("BEGIN", "beginning to read"); !r) return r.error();
  if (f.empty()) {
    // Sequences have no gaps.
    const auto n = c.integer("SELECT coalesce((SELECT max(seq) FROM arrival) - (SELECT min(seq) FROM arrival) + 1, 0)", "counting entries");
    if (!n) return n.error();
    return static_cast<std::uint64_t>(*n);
  }
  const auto where = ranges(c, f, {});
  if (!where) return where.error();
  std::string sql = f.names_completion() ? "SELECT count(*) FROM completion c JOIN arrival a ON a.seq=c.seq WHERE a.seq BETWEEN ?1 AND ?2"
                                         : "SELECT count(*) FROM arrival a WHERE a.seq BETWEEN ?1 AND ?2";
  std::vector<const std::string*> texts;
  const std::pair<std::string_view, const std::optional<std::string>*> equal[] = {
      {"service_id", &f.service_id}, {"sender_id", &f.sender_id}, {"message_id", &f.message_id}, {"outcome", &f.outcome}};
  for (const auto& [column, wanted] : equal) {
    if (!*wanted) continue;
    texts.push_back(&**wanted);
    sql += " AND c." + std::string(column) + "=?" + std::to_string(2 + texts.size());
  }
  if (f.unmatched) sql += std::string(" AND c.unmatched=") + (*f.unmatched ? "1" : "0");
  if (f.since) sql += " AND a.received_at>=" + std::to_string(f.since->time_since_epoch().count());
  if (f.until) sql += " AND a.received_at<" + std::to_string(f.until->time_since_epoch().count());
  auto s = c.prepare(sql);
  if (!s) return s.error();
  std::uint64_t total = 0;
  for (const range& r : *where) {
    const reset_at_end end{*s};
    s->bind(1, r.first);
    s->bind(2, r.last);
    for (std::size_t i = 0; i < texts.size(); ++i) s->bind(static_cast<int>(3 + i), std::string_view(*texts[i]));
    if (const int code = s->step(); code != SQLITE_ROW) return problem_of(c.get(), code, "counting entries");
    total += static_cast<std::uint64_t>(s->integer(0));
  }
  return total;
}

result<connection> readers::borrow() {
  {
    const std::lock_guard lock(mutex_);
    if (!idle_.empty()) {
      connection c = std::move(idle_.back());
      idle_.pop_back();
      return c;
    }
  }
  auto opened = connection::open(path_, 1000);
  if (!opened) return opened.error();
  // Bringing the log into the database is the writer's; a reader that closes last must not start it.
  sqlite3_db_config(opened->get(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
  if (auto r = opened->run("PRAGMA query_only=1; PRAGMA cache_size=-512", "preparing a reader"); !r) return r.error();
  if (auto r = check_schema(*opened); !r) return r.error();
  return opened;
}

void readers::give_back(connection c) {
  const std::lock_guard lock(mutex_);
  if (idle_.size() < most_idle) idle_.push_back(std::move(c));
}

void readers::close() {
  const std::lock_guard lock(mutex_);
  idle_.clear();
}

}  // namespace shep::journal::sqlite
