#include "cli/output.hpp"
#include "cli/root_files.hpp"
#include "core/clock.hpp"
#include "test_pki/hierarchy.hpp"
#include "test_pki/set_status.hpp"

#include <filesystem>

#include <CLI/CLI.hpp>

namespace shep::cli {
namespace {

struct init_options {
  std::string folder;
  std::string pki = "rsa";
  std::string responder_url = "http://127.0.0.1:8081";  // the admin port of the example root
};

int init(const init_options& o) {
  std::error_code failed;
  if (std::filesystem::exists(o.folder, failed) && !std::filesystem::is_empty(o.folder, failed))
    return complain(problem(problems::environment, "'" + o.folder + "' exists and is not empty", "DIR", "name a new folder"));
  test_pki::pki_options options;
  options.from = system_clock().now() - std::chrono::hours(24);
  options.families = *test_pki::families_by_word(o.pki);
  std::vector<std::string> further;
  for (const test_pki::family f : options.families)
    if (const std::string prefix = test_pki::prefix_of(options.families, f); !prefix.empty()) further.push_back(prefix);
  const auto files = write_root_files(o.folder, further);
  if (!files) return complain(files.error());
  options.responder_url = o.responder_url;
  const std::string certs = (std::filesystem::path(o.folder) / "certs").string();
  const auto keys = test_pki::make_test_pki(certs, options);
  if (!keys) return complain(keys.error());
  if (const auto done = test_pki::revoke_members(certs, options.from, options.from); !done) return complain(done.error());
  std::fprintf(stderr, "shepsim: wrote %zu files and %zu keys and certificates; next: shepsim serve --root %s\n", *files, keys->size(),
               o.folder.c_str());
  return passed;
}

}  // namespace

void add_init(CLI::App& program, action& chosen) {
  auto options = std::make_shared<init_options>();
  CLI::App* command = program.add_subcommand("init", "write an example root: configuration, mappings, answers, demo requests, test PKI");
  command->add_option("DIR", options->folder, "a new folder")->required();
  command->add_option("--pki", options->pki, "keys of the gateway and the participants: rsa, gost, or both (RSA signs, GOST beside it)")
      ->check(CLI::IsMember({"rsa", "gost", "both"}))
      ->capture_default_str();
  command->add_option("--responder-url", options->responder_url, "where the admin port will be reached; written into certificates")
      ->capture_default_str();
  command->callback([options, &chosen] { chosen = [options] { return init(*options); }; });
}

}  // namespace shep::cli
