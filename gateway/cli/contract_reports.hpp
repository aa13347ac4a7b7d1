#pragma once

#include "cli/contract_lint.hpp"
#include "cli/contract_trial.hpp"

#include <string>

namespace shep::cli {

/// One line a violation or failure, then one line that sums up.
std::string to_text(const lint_outcome&);

/// A table, under each row what is wrong with it, and a line that sums up.
std::string to_text(const trial_outcome&);

std::string to_json(const trial_outcome&);
std::string to_junit(const trial_outcome&);

}  // namespace shep::cli
