#include "app/pki.hpp"
#include "app/world.hpp"
#include "cli/output.hpp"
#include "cli/root_options.hpp"

#include <CLI/CLI.hpp>

namespace shep::cli {
namespace {

int validate(const root_options& options) {
  const config::load_outcome loaded = options.load();
  if (!loaded.problems.empty()) {
    complain(loaded.problems);
    return usage_error;
  }
  ids fresh;
  app::world world = app::build_world(loaded.value.settings, fresh);
  const system_clock time;
  if (const auto pki = app::open_pki(loaded.value.settings, time); !pki) world.problems.push_back(pki.error());
  if (!world.problems.empty()) {
    complain(world.problems);
    return usage_error;
  }
  std::printf("valid: %zu routes, %zu senders, %zu mappings\n", world.snapshot->routes.all().size(), world.snapshot->senders.ids().size(),
              world.mocks->store()->mappings().size());
  return passed;
}

}  // namespace

void add_validate(CLI::App& program, action& chosen) {
  auto options = std::make_shared<root_options>();
  CLI::App* command = program.add_subcommand("validate", "check configuration, mappings, fixtures and keys of a root without serving");
  command->add_option("DIR", options->root, "the root")->required();
  command->callback([options, &chosen] { chosen = [options] { return validate(*options); }; });
}

void add_config(CLI::App& program, action& chosen) {
  auto options = std::make_shared<root_options>();
  CLI::App* command = program.add_subcommand("config", "print every setting in force and where it came from");
  options->add_to(*command);
  command->callback([options, &chosen] {
    chosen = [options] {
      const config::load_outcome loaded = options->load();
      for (const config::origin& o : loaded.value.origins) std::printf("%s = %s  (%s)\n", o.key.c_str(), o.value.c_str(), o.source.c_str());
      return complain(loaded.problems);
    };
  });
}

}  // namespace shep::cli
