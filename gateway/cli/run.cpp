#include "cli/command.hpp"
#include "cli/output.hpp"

#include <csignal>

#include <CLI/CLI.hpp>

namespace shep::cli {
namespace {

constexpr add_command commands[] = {add_serve, add_init,     add_validate, add_config,  add_verify, add_sign,   add_canonicalize,
                                    add_send,  add_contract, add_pki,      add_journal, add_health, add_version};

}  // namespace

int run(int argc, char** argv) {
  // A reader that closes our output early is not an error of ours; writes then fail and say so.
  std::signal(SIGPIPE, SIG_IGN);
  CLI::App program("shepsim: a simulator of SHEP, the e-government gateway of Kazakhstan", "shepsim");
  program.require_subcommand(1);
  program.footer("Exit codes: 0 passed, 1 a check failed, 2 usage or configuration, 3 environment, 4 undecided.");
  action chosen;
  for (const add_command add : commands) add(program, chosen);
  try {
    program.parse(argc, argv);
  } catch (const CLI::ParseError& e) {
    return program.exit(e) == 0 ? passed : usage_error;
  }
  try {
    return chosen();
  } catch (const std::exception& bug) {
    return complain(problem(problems::internal, bug.what()));
  }
}

}  // namespace shep::cli
