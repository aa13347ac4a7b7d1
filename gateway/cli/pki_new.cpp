#include "cli/output.hpp"
#include "cli/pki_commands.hpp"
#include "core/date_time.hpp"

#include <CLI/CLI.hpp>

namespace shep::cli {
namespace {

struct new_options {
  std::string folder;
  std::string algorithms = "rsa";
  std::string from;
  test_pki::pki_options making;
};

int make(new_options o) {
  o.making.families = *test_pki::families_by_word(o.algorithms);
  if (!o.from.empty()) {
    const auto from = parse_date_time(o.from);
    if (!from) return complain(problem(problems::usage, from.error().detail, "--from", "2025-01-01T00:00:00Z"));
    o.making.from = from->utc;
  }
  return list_files(test_pki::make_test_pki(o.folder, beginning_now(o.making)));
}

}  // namespace

void add_pki_new(CLI::App& pki, action& chosen) {
  auto options = std::make_shared<new_options>();
  CLI::App* command = pki.add_subcommand("new", "root, issuing authority, and a key for each participant; prints the files made");
  command->add_option("DIR", options->folder, "a new folder")->required();
  command->add_option("--algorithms", options->algorithms, "rsa, gost (2015), both, all (with gost2004), or one family's name")
      ->check(CLI::IsMember({"rsa", "gost", "both", "all", "gost2015", "gost2004"}))
      ->capture_default_str();
  command->add_option("--only", options->making.only, "make these members alone (repeatable)");
  command->add_option("--from", options->from, "when certificates begin; default: yesterday");
  add_making_options(*command, options->making);
  command->callback([options, &chosen] { chosen = [options] { return make(*options); }; });
}

}  // namespace shep::cli
