#include "app/pki.hpp"
#include "app/root_checks.hpp"
#include "app/world.hpp"
#include "cli/demo_requests.hpp"
#include "cli/output.hpp"
#include "cli/root_options.hpp"
#include "config/locate.hpp"

#include <filesystem>

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

/// Rows of demo/demo.tsv whose request is not there: `send --demo` fails, the gateway does not care.
std::vector<problem> check_demo(const std::string& root) {
  namespace fs = std::filesystem;
  const std::string hint = "write the request, or take the row away";
  if (!fs::exists(fs::path(root) / "demo/demo.tsv")) return {};
  const auto rows = read_demo_requests(root);
  if (!rows) return {rows.error()};
  std::vector<problem> out;
  for (const demo_request& row : *rows)
    if (!fs::is_regular_file(fs::path(root) / row.file))
      out.push_back({problems::usage, "the request '" + row.file + "' is not there", "demo/demo.tsv:" + std::to_string(row.line), hint});
  return out;
}

void warn(std::vector<problem> found, const config::loaded& from) {
  for (problem& p : found) {
    p.where = config::located(p.where, from);
    std::fprintf(stderr, "shepsim: warning: %s\n", describe(p).c_str());
  }
}

int refuse(std::vector<problem> problems) {
  for (problem& p : problems)
    if (p.hint.empty()) p.hint = hint_for(p);
  complain(problems);
  return usage_error;
}

int validate(const root_options& options) {
  const config::load_outcome loaded = options.load();
  const config::settings& settings = loaded.value.settings;
  // Of a file that says nothing, or cannot be read, nothing else can be judged.
  if (settings.routes.empty() && settings.senders.empty() && settings.signing.key.empty()) {
    if (!loaded.problems.empty()) return refuse(loaded.problems);
    return refuse({{problems::usage, "the configuration names no route, sender or key", "shepsim.toml", "make a root with shepsim init"}});
  }
  // Everything at once: what was understood of a broken file says what is wrong with the files it names.
  std::vector<problem> problems = loaded.problems;
  ids fresh;
  app::world world = app::build_world(settings, fresh);
  const system_clock time;
  if (const auto pki = app::open_pki(settings, time); !pki) world.problems.push_back(pki.error());
  app::root_findings found = app::check_root(settings, time.now());
  for (problem& p : found.errors) world.problems.push_back(std::move(p));
  for (problem& p : world.problems) {
    p.where = config::located(p.where, loaded.value);
    problems.push_back(std::move(p));
  }
  warn(std::move(found.warnings), loaded.value);
  warn(check_demo(settings.root), loaded.value);
  if (!problems.empty()) return refuse(std::move(problems));
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
