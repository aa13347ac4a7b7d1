#include "cli/input_files.hpp"
#include "cli/output.hpp"
#include "cli/trust_options.hpp"
#include "cli/verify_many.hpp"
#include "cli/verifying.hpp"

#include <filesystem>

#include <CLI/CLI.hpp>

namespace shep::cli {
namespace {

struct verify_options {
  std::vector<std::string> files;
  std::string report = "text";
  std::string store_references;
  std::string undecided = "undecided";
  unsigned jobs = 0;
  trust_options trust;

  undecided_as treat() const {
    if (undecided == "pass") return undecided_as::pass;
    return undecided == "fail" ? undecided_as::fail : undecided_as::undecided;
  }
};

/// The octets that each digest was computed over, one file a reference.
result<void> store_references(const eds::report& r, const std::string& folder) {
  std::error_code made;
  std::filesystem::create_directories(folder, made);
  if (made) return problem(problems::environment, "the folder '" + folder + "' cannot be made: " + made.message(), "--store-references");
  int signature = 0;
  for (const eds::signature_report& s : r.signatures) {
    int reference = 0;
    ++signature;
    for (const eds::reference_report& line : s.references) {
      const std::string name = "signature-" + std::to_string(signature) + "-reference-" + std::to_string(++reference) + ".xml";
      if (const auto ok = emit(line.canonical, (std::filesystem::path(folder) / name).string()); !ok) return ok;
    }
  }
  return {};
}

/// What belongs to one document only cannot be asked of many.
result<void> check_single(const verify_options& o) {
  if (o.store_references.empty()) return {};
  return problem(problems::usage, "canonical octets are stored for one file at a time", "--store-references", "name one file");
}

int verify_one(const std::string& file, const verify_options& o, const crypto::trust_store& trust, const eds::policy& rules,
               time_point at) {
  const auto bytes = take_input(file);
  if (!bytes) return complain(bytes.error());
  const eds::report r = verify_anything(*bytes, trust, rules, at);
  if (!o.store_references.empty())
    if (const auto ok = store_references(r, o.store_references); !ok) return complain(ok.error());
  if (const auto ok = emit(o.report == "json" ? eds::to_json(r) + "\n" : eds::to_text(r)); !ok) return complain(ok.error());
  return exit_code_for(r.verdict, o.treat());
}

int verify(const verify_options& o) {
  const auto files = input_files(o.files);
  if (!files) return complain(files.error());
  const auto trust = o.trust.store();
  if (!trust) return complain(trust.error());
  const auto at = o.trust.moment();
  if (!at) return complain(at.error());
  eds::policy rules;
  rules.compat = o.trust.compat;
  rules.keep_canonical = !o.store_references.empty();
  // A folder with one file in it is still a folder: its output has the form for many.
  if (o.files.size() == 1 && *files == o.files) return verify_one(files->front(), o, *trust, rules, *at);
  if (const auto ok = check_single(o); !ok) return complain(ok.error());
  return verify_many(*files, {o.report == "json", o.jobs, o.treat()},
                     [&](shared_bytes octets) { return verify_anything(std::move(octets), *trust, rules, *at); });
}

}  // namespace

void add_verify(CLI::App& program, action& chosen) {
  auto options = std::make_shared<verify_options>();
  CLI::App* command = program.add_subcommand("verify", "verify any signed message or document and say what, where and why");
  command->add_option("FILE", options->files, "files, folders (every file below), or - for standard input")->required();
  command->add_option("--report", options->report, "text or json")->check(CLI::IsMember({"text", "json"}))->capture_default_str();
  command->add_option("--store-references", options->store_references, "write the canonical octets of each reference into this folder");
  command->add_option("--treat-indeterminate-as", options->undecided, "exit code of what stays undecided: pass or fail; default: 4")
      ->check(CLI::IsMember({"pass", "fail"}));
  command->add_option("--jobs", options->jobs, "threads for many files; default: one for each processor")->check(CLI::Range(1, 256));
  options->trust.add_to(*command);
  command->callback([options, &chosen] { chosen = [options] { return verify(*options); }; });
}

}  // namespace shep::cli
