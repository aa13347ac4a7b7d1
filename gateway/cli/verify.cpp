#include "cli/output.hpp"
#include "cli/trust_options.hpp"
#include "cli/verifying.hpp"

#include <filesystem>

#include <CLI/CLI.hpp>

namespace shep::cli {
namespace {

struct verify_options {
  std::string file;
  std::string report = "text";
  std::string store_references;
  trust_options trust;
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

int verify(const verify_options& o) {
  const auto bytes = take_input(o.file);
  if (!bytes) return complain(bytes.error());
  const auto trust = o.trust.store();
  if (!trust) return complain(trust.error());
  const auto at = o.trust.moment();
  if (!at) return complain(at.error());
  const eds::report r = verify_anything(*bytes, *trust, {o.trust.compat, !o.store_references.empty()}, *at);
  if (!o.store_references.empty())
    if (const auto ok = store_references(r, o.store_references); !ok) return complain(ok.error());
  if (const auto ok = emit(o.report == "json" ? eds::to_json(r) + "\n" : eds::to_text(r)); !ok) return complain(ok.error());
  return exit_code_for(r.verdict);
}

}  // namespace

void add_verify(CLI::App& program, action& chosen) {
  auto options = std::make_shared<verify_options>();
  CLI::App* command = program.add_subcommand("verify", "verify any signed message or document and say what, where and why");
  command->add_option("FILE", options->file, "the file, or - for standard input")->required();
  command->add_option("--report", options->report, "text or json")->check(CLI::IsMember({"text", "json"}))->capture_default_str();
  command->add_option("--store-references", options->store_references, "write the canonical octets of each reference into this folder");
  options->trust.add_to(*command);
  command->callback([options, &chosen] { chosen = [options] { return verify(*options); }; });
}

}  // namespace shep::cli
