#pragma once

#include "cli/command.hpp"
#include "core/result.hpp"
#include "test_pki/hierarchy.hpp"

#include <string>
#include <vector>

/// The subcommands of `shepsim pki`, one file each.
namespace shep::cli {

void add_pki_new(CLI::App& pki, action& chosen);
void add_pki_issue(CLI::App& pki, action& chosen);
void add_pki_revoke(CLI::App& pki, action& chosen);
void add_pki_status(CLI::App& pki, action& chosen);

/// What `pki new` and `pki issue` have in common.
void add_making_options(CLI::App& command, test_pki::pki_options&);

/// Sets the beginning of certificates: yesterday, unless told otherwise.
test_pki::pki_options beginning_now(test_pki::pki_options);

/// Prints the files that were made.
int list_files(const result<std::vector<std::string>>&);

}  // namespace shep::cli
