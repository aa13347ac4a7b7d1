#pragma once

#include "core/problem.hpp"

/// Why the journal could not record or answer. Paths and system errors stay in the house: only `not_found` shows its detail.
namespace shep::problems {
inline constexpr problem_code journal_unavailable{"journal.unavailable", "the journal cannot record at the moment", exposure::code_only};
inline constexpr problem_code journal_overflow{"journal.overflow", "the journal cannot keep up and the exchange is not recorded",
                                               exposure::code_only};
inline constexpr problem_code journal_not_found{"journal.not_found", "the journal has no such entry"};
inline constexpr problem_code journal_duplicate{"journal.duplicate", "the journal already holds this record", exposure::code_only};
inline constexpr problem_code journal_format{"journal.format", "the journal's file is damaged or of another version", exposure::code_only};
inline constexpr problem_code journal_locked{"journal.locked", "the journal is in use by another process", exposure::code_only};
}  // namespace shep::problems
