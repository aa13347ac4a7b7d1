#include "journal/sqlite_rows.hpp"

#include "journal/check_value.hpp"

namespace shep::journal::sqlite {
namespace {

constexpr std::int64_t no_body = -1;

/// Binds columns from left to right and takes them into the check value.
class row_writer {
 public:
  explicit row_writer(statement& s) : statement_(s) {}
  void add(std::int64_t value) {
    statement_.bind(next_++, value);
    check_.add(static_cast<std::uint64_t>(value));
  }
  void add(const std::string& text) {
    statement_.bind(next_++, std::string_view(text));
    check_.add(std::string_view(text));
  }
  void finish(const std::string* body) {
    check_.add(static_cast<std::uint64_t>(body ? static_cast<std::int64_t>(body->size()) : no_body));
    statement_.bind(next_++, check_.value());
  }
  void plain(std::int64_t value) { statement_.bind(next_++, value); }

 private:
  statement& statement_;
  check_value check_;
  int next_ = 1;
};

/// The same from right hand: reads columns and takes them into the check value.
class row_reader {
 public:
  row_reader(statement& s, int first) : statement_(s), next_(first) {}
  std::int64_t integer() {
    const std::int64_t value = statement_.integer(next_++);
    check_.add(static_cast<std::uint64_t>(value));
    return value;
  }
  std::string text() {
    const std::string_view octets = statement_.octets(next_++);
    check_.add(octets);
    return std::string(octets);
  }
  /// Length of the body, which stands before the check value in the query; empty when the row is damaged.
  std::optional<std::uint64_t> finish() {
    const std::int64_t size = statement_.is_null(next_) ? no_body : statement_.integer(next_);
    check_.add(static_cast<std::uint64_t>(size));
    if (statement_.integer(next_ + 1) != check_.value()) return {};
    return static_cast<std::uint64_t>(size == no_body ? 0 : size);
  }

 private:
  statement& statement_;
  check_value check_;
  int next_;
};

std::int64_t microseconds(time_point t) { return t.time_since_epoch().count(); }

std::int64_t arrival_body_check(std::int64_t seq, const std::string* raw) {
  check_value v;
  v.add(static_cast<std::uint64_t>(seq));
  v.add(raw);
  return v.value();
}

std::int64_t completion_body_check(std::int64_t seq, std::string_view trace, const std::string* response) {
  check_value v;
  v.add(static_cast<std::uint64_t>(seq));
  v.add(trace);
  v.add(response);
  return v.value();
}

constexpr int completion_column = 9;
constexpr int bodies_column = 30;

}  // namespace

void bind_arrival(statement& s, std::int64_t seq, const arrival& a) {
  row_writer row(s);
  row.add(seq);
  row.add(a.id);
  row.add(microseconds(a.received_at));
  row.add(a.channel);
  row.add(a.remote);
  row.add(a.target);
  row.add(a.head);
  row.finish(a.raw.get());
  row.plain(arrival_body_check(seq, a.raw.get()));
  s.bind_body(10, a.raw.get());
}

void bind_completion(statement& s, std::int64_t seq, const completion& c) {
  row_writer row(s);
  row.add(seq);
  row.add(microseconds(c.completed_at));
  row.add(c.duration.count());
  row.add(std::int64_t{c.http_status});
  for (const std::string* text :
       {&c.outcome, &c.service_id, &c.sender_id, &c.message_id, &c.correlation_id, &c.session_id, &c.route, &c.adapter, &c.mapping_id,
        &c.indication, &c.sub_indication, &c.problem_code, &c.problem_detail, &c.fault_code})
    row.add(*text);
  row.add(std::int64_t{c.unmatched});
  row.finish(c.response.get());
  row.plain(completion_body_check(seq, c.trace, c.response.get()));
  s.bind(22, std::string_view(c.trace));
  s.bind_body(23, c.response.get());
}

std::optional<entry> read_entry(statement& s) {
  entry e;
  row_reader a(s, 0);
  e.sequence = static_cast<std::uint64_t>(a.integer());
  e.arrived.id = a.text();
  e.arrived.received_at = time_point(std::chrono::microseconds(a.integer()));
  e.arrived.channel = a.text();
  e.arrived.remote = a.text();
  e.arrived.target = a.text();
  e.arrived.head = a.text();
  const auto raw_size = a.finish();
  if (!raw_size) return {};
  e.raw_size = *raw_size;
  if (s.is_null(completion_column)) return e;

  completion& c = e.completed.emplace();
  c.id = e.arrived.id;
  row_reader r(s, completion_column);
  r.integer();
  c.completed_at = time_point(std::chrono::microseconds(r.integer()));
  c.duration = std::chrono::microseconds(r.integer());
  c.http_status = static_cast<int>(r.integer());
  for (std::string* text : {&c.outcome, &c.service_id, &c.sender_id, &c.message_id, &c.correlation_id, &c.session_id, &c.route, &c.adapter,
                            &c.mapping_id, &c.indication, &c.sub_indication, &c.problem_code, &c.problem_detail, &c.fault_code})
    *text = r.text();
  c.unmatched = r.integer() != 0;
  const auto response_size = r.finish();
  if (!response_size) return {};
  e.response_size = *response_size;
  return e;
}

bool read_bodies(statement& s, entry& e) {
  const auto seq = static_cast<std::int64_t>(e.sequence);
  e.arrived.raw = s.body(bodies_column + 1);
  if (s.integer(bodies_column) != arrival_body_check(seq, e.arrived.raw.get())) return false;
  if (!e.completed) return true;
  e.completed->trace = std::string(s.octets(bodies_column + 3));
  e.completed->response = s.body(bodies_column + 4);
  return s.integer(bodies_column + 2) == completion_body_check(seq, e.completed->trace, e.completed->response.get());
}

}  // namespace shep::journal::sqlite
