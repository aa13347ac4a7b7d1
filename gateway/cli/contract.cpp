#include "app/files.hpp"
#include "cli/contract_reports.hpp"
#include "cli/output.hpp"
#include "cli/root_options.hpp"
#include "cli/signing_options.hpp"

#include <algorithm>

#include <CLI/CLI.hpp>

namespace shep::cli {
namespace {

int lint(const root_options& options) {
  const config::load_outcome loaded = options.load();
  if (!loaded.problems.empty()) {
    complain(loaded.problems);
    return usage_error;
  }
  const lint_outcome done = lint_contracts(loaded.value.settings);
  if (!done.problems.empty()) {
    complain(done.problems);
    return usage_error;
  }
  if (const auto ok = emit(to_text(done)); !ok) return complain(ok.error());
  const bool wrong =
      std::any_of(done.answers.begin(), done.answers.end(), [](const linted_answer& a) { return !a.failure.empty() || !a.found.clean(); });
  return wrong || done.answers.empty() ? failed : passed;
}

struct test_options {
  root_options root;
  trial_options trial;
  std::string key, password_file, report;
  unsigned timeout_seconds = 60;
};

/// "json=FILE" or "junit=FILE".
result<void> write_report(const trial_outcome& done, const std::string& wanted) {
  if (wanted.empty()) return {};
  const std::size_t equals = wanted.find('=');
  const std::string kind = wanted.substr(0, equals);
  if (equals == std::string::npos || (kind != "json" && kind != "junit"))
    return problem(problems::usage, "'" + wanted + "' is not json=FILE or junit=FILE", "--report");
  return emit(kind == "json" ? to_json(done) : to_junit(done), wanted.substr(equals + 1));
}

int test(test_options o) {
  const config::load_outcome loaded = o.root.load();
  if (!loaded.problems.empty()) {
    complain(loaded.problems);
    return usage_error;
  }
  if (const auto ok = write_report({}, o.report.empty() ? "" : o.report.substr(0, o.report.find('=')) + "=/dev/null"); !ok)
    return complain(ok.error());
  const std::string& root = loaded.value.settings.root;
  o.trial.root = root;
  o.trial.within = std::chrono::seconds(o.timeout_seconds);
  const bool own = o.key.empty();
  auto key = app::load_identity(own ? app::resolved(root, "certs/keys/pep.p12") : o.key,
                                own ? app::resolved(root, "certs/keys/password") : o.password_file, "--key");
  if (!key) return complain(key.error());
  o.trial.key = std::move(*key);
  const trial_outcome done = try_provider(loaded.value.settings, o.trial);
  if (!done.problems.empty()) {
    complain(done.problems);
    return usage_error;
  }
  if (const auto ok = emit(to_text(done)); !ok) return complain(ok.error());
  if (const auto ok = write_report(done, o.report); !ok) return complain(ok.error());
  const bool all = std::all_of(done.answers.begin(), done.answers.end(), [](const tried_answer& a) { return a.passed(); });
  return all && !done.answers.empty() ? passed : failed;
}

}  // namespace

void add_contract(CLI::App& program, action& chosen) {
  CLI::App* contract = program.add_subcommand("contract", "hold answers against the schemas of their services");
  contract->require_subcommand(1);

  auto root = std::make_shared<root_options>();
  CLI::App* of_root = contract->add_subcommand("lint", "every answer that a root ships, rendered for its demo requests");
  of_root->add_option("DIR", root->root, "the root")->required();
  of_root->callback([root, &chosen] { chosen = [root] { return lint(*root); }; });

  auto options = std::make_shared<test_options>();
  CLI::App* of_provider = contract->add_subcommand(
      "test", "send a provider the root's demo requests, signed; judge signature, channel and business data of every answer");
  of_provider->add_option("--target", options->trial.target, "http://host:port/path of the provider, or https")->required();
  of_provider->add_option("--root", options->root.root, "the root whose requests, trust and schemas are used")->capture_default_str();
  of_provider->add_option("--key", options->key, "PKCS#12 file that signs the requests; else the root's certs/keys/pep.p12");
  of_provider->add_option("--password-file", options->password_file, "file whose first line is its password");
  of_provider->add_option("--timeout", options->timeout_seconds, "seconds to wait for one answer")->capture_default_str();
  of_provider->add_option("--report", options->report, "json=FILE or junit=FILE: also write a report");
  options->trial.tls.add_to(*of_provider);
  of_provider->callback([options, &chosen] { chosen = [options] { return test(*options); }; });
}

}  // namespace shep::cli
