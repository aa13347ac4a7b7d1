#pragma once

#include "core/problem.hpp"

#include <functional>
#include <string>
#include <vector>

namespace CLI {
class App;
}

/// The command line: one file a command. Data on standard output, everything else on standard error.
namespace shep::cli {

/// Exit codes, the same for every command.
enum exit_code : int { passed = 0, failed = 1, usage_error = 2, environment_error = 3, undecided = 4 };

/// One row of the command table: adds a subcommand whose callback stores what to run.
using action = std::function<int()>;
using add_command = void (*)(CLI::App& program, action& chosen);

void add_serve(CLI::App&, action&);
void add_init(CLI::App&, action&);
void add_validate(CLI::App&, action&);
void add_config(CLI::App&, action&);
void add_verify(CLI::App&, action&);
void add_sign(CLI::App&, action&);
void add_canonicalize(CLI::App&, action&);
void add_send(CLI::App&, action&);
void add_contract(CLI::App&, action&);
void add_pki(CLI::App&, action&);
void add_journal(CLI::App&, action&);
void add_health(CLI::App&, action&);
void add_version(CLI::App&, action&);

/// Runs the program's command line.
int run(int argc, char** argv);

}  // namespace shep::cli
