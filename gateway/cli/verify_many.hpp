#pragma once

#include "core/bytes.hpp"
#include "eds/report.hpp"

#include <functional>
#include <string>
#include <vector>

namespace shep::cli {

/// How `verify` treats a verdict that could still turn out either way.
enum class undecided_as { undecided, pass, fail };

/// The exit code of a verdict; many verdicts have the code of the worst: failed, then undecided, then passed.
int exit_code_for(eds::indication, undecided_as = undecided_as::undecided);

struct many_options {
  bool json = false;
  unsigned threads = 0;  ///< 0: one for each processor
  undecided_as undecided = undecided_as::undecided;
};

/// Verifies each file by `judge` (called on several threads), prints a line for what passed and the whole report for what did not, in
/// order, and a summary at the end. JSON: one object a line, the report with "file" in front; the summary goes to standard error.
/// Returns the exit code. A file that cannot be read is told on standard error and counts as environment error; the others go on.
int verify_many(const std::vector<std::string>& files, const many_options&, const std::function<eds::report(shared_bytes)>& judge);

}  // namespace shep::cli
