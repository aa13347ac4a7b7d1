#pragma once

#include "cli/command.hpp"
#include "core/bytes.hpp"
#include "core/result.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace shep::cli {

/// Prints a problem on standard error and says which exit code it means.
int complain(const problem&);
int complain(const std::vector<problem>&);

/// Data: to standard output ("-" or empty) or to a file. Error: problems::environment.
result<void> emit(std::string_view data, const std::string& file = "-");

/// A file's octets, or standard input for "-". Error: problems::environment.
result<shared_bytes> take_input(const std::string& file);

}  // namespace shep::cli
