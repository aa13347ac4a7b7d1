#pragma once

#include "journal/sqlite.hpp"

#include <string>

namespace shep::journal::sqlite {

inline constexpr int format_version = 1;         ///< of FORMAT.md
inline constexpr std::int64_t span_width = 256;  ///< arrivals a row of `span` speaks of

/// First sequence of the span that `seq` belongs to.
constexpr std::int64_t span_start(std::int64_t seq) { return (seq - 1) / span_width * span_width + 1; }

/// Makes the file with mode 0600 when it is missing (an existing one is brought to 0600, with its log files) and syncs the folder.
result<void> prepare_file(const std::string& path);

/// Fills an empty database with the schema; refuses (`problems::journal_format`) any other than exactly ours.
result<void> create_schema(connection&);
result<void> check_schema(connection&);

}  // namespace shep::journal::sqlite
