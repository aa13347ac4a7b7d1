#pragma once

#include "journal/record.hpp"
#include "journal/sqlite.hpp"

/// How records become rows (FORMAT.md) and rows records. Columns stand in one order everywhere: in the table, in the check value, here.
namespace shep::journal::sqlite {

inline constexpr std::string_view arrival_sql = "INSERT INTO arrival VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10)";
inline constexpr std::string_view completion_sql =
    "INSERT INTO completion VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,?16,?17,?18,?19,?20,?21,?22,?23)";

void bind_arrival(statement&, std::int64_t seq, const arrival&);
void bind_completion(statement&, std::int64_t seq, const completion&);

/// Columns for `read_entry`; arrival is `a`, completion `c`.
inline constexpr std::string_view entry_columns =
    "a.seq, a.id, a.received_at, a.channel, a.remote, a.target, a.head, length(a.raw), a.check_value, "
    "c.seq, c.completed_at, c.duration, c.http_status, c.outcome, c.service_id, c.sender_id, c.message_id, c.correlation_id, c.session_id, "
    "c.route, c.adapter, c.mapping_id, c.indication, c.sub_indication, c.problem_code, c.problem_detail, c.fault_code, c.unmatched, "
    "length(c.response), c.check_value";
/// To be appended for `read_bodies`.
inline constexpr std::string_view body_columns = ", a.body_check, a.raw, c.body_check, c.trace, c.response";

/// One row without bodies; empty when a check value differs.
std::optional<entry> read_entry(statement&);

/// Adds the bodies; false when a check value differs.
bool read_bodies(statement&, entry&);

}  // namespace shep::journal::sqlite
