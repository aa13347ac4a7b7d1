#include "app/pki.hpp"
#include "app/root_checks.hpp"
#include "app/world.hpp"
#include "cli/output.hpp"
#include "cli/root_options.hpp"
#include "config/locate.hpp"

#include <CLI/CLI.hpp>

namespace shep::cli {
namespace {

/// What to do about a problem that does not say so itself: whoever validates asks for nothing else.
std::string hint_for(const problem& p) {
  const std::string_view code = p.code.name;
  if (code == "mocks.mapping_file") return "put the file below __files of the root, or name another";
  if (code == "xml.xpath") return "write an XPath 1.0 expression";
  if (code.starts_with("mocks.template")) return "templates: mocks/engine/README.md";
  if (code.starts_with("mocks.")) return "mappings: mocks/engine/README.md";
  if (code.starts_with("crypto.") || code.starts_with("pki."))
    return "make keys and certificates anew with shepsim pki new, or name others";
  return "every key and what it takes: shepsim config, and README.md of the project";
}

int validate(const root_options& options) {
  const config::load_outcome loaded = options.load();
  // Everything at once: what was understood of a broken file says what is wrong with the files it names.
  std::vector<problem> problems = loaded.problems;
  ids fresh;
  app::world world = app::build_world(loaded.value.settings, fresh);
  const system_clock time;
  if (const auto pki = app::open_pki(loaded.value.settings, time); !pki) world.problems.push_back(pki.error());
  for (problem& p : app::check_root(loaded.value.settings, time.now())) world.problems.push_back(std::move(p));
  for (problem& p : world.problems) {
    p.where = config::located(p.where, loaded.value);
    problems.push_back(std::move(p));
  }
  for (problem& p : problems)
    if (p.hint.empty()) p.hint = hint_for(p);
  if (!problems.empty()) {
    complain(problems);
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
