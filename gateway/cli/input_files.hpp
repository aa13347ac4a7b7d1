#pragma once

#include "core/result.hpp"

#include <string>
#include <vector>

namespace shep::cli {

/// The files that a command line names: a file stands for itself, a folder for every regular file below it (names that begin with a dot
/// left out, links not followed, in order of names), "-" for standard input. Error: problems::environment for what does not exist.
result<std::vector<std::string>> input_files(const std::vector<std::string>& named);

}  // namespace shep::cli
