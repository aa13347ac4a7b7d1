#include "cli/output.hpp"
#include "cli/pki_files.hpp"
#include "cli/root_files.hpp"
#include "core/clock.hpp"

#include <filesystem>

#include <CLI/CLI.hpp>

namespace shep::cli {
namespace {

struct init_options {
  std::string folder;
  std::string pki = "rsa";
};

int init(const init_options& o) {
  std::error_code failed;
  if (std::filesystem::exists(o.folder, failed) && !std::filesystem::is_empty(o.folder, failed))
    return complain(problem(problems::environment, "'" + o.folder + "' exists and is not empty", "DIR", "name a new folder"));
  const auto files = write_root_files(o.folder);
  if (!files) return complain(files.error());
  pki_options options;
  options.from = system_clock().now() - std::chrono::hours(24);
  const auto keys = make_test_pki((std::filesystem::path(o.folder) / "certs").string(), options);
  if (!keys) return complain(keys.error());
  std::fprintf(stderr, "shepsim: wrote %zu files and %zu keys and certificates; next: shepsim serve --root %s\n", *files, keys->size(),
               o.folder.c_str());
  return passed;
}

}  // namespace

void add_init(CLI::App& program, action& chosen) {
  auto options = std::make_shared<init_options>();
  CLI::App* command = program.add_subcommand("init", "write an example root: configuration, mappings, answers, demo requests, test PKI");
  command->add_option("DIR", options->folder, "a new folder")->required();
  command->add_option("--pki", options->pki, "rsa (GOST keys come in a later version)")
      ->check(CLI::IsMember({"rsa"}))
      ->capture_default_str();
  command->callback([options, &chosen] { chosen = [options] { return init(*options); }; });
}

}  // namespace shep::cli
