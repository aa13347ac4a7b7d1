#include "cli/canonical_files.hpp"
#include "cli/input_files.hpp"
#include "cli/output.hpp"
#include "cli/trust_options.hpp"
#include "cli/verify_many.hpp"
#include "forensics/html.hpp"

#include <CLI/CLI.hpp>

namespace shep::cli {
namespace {

struct verify_options {
  std::vector<std::string> files;
  std::string report = "text";
  std::string store_references, their_canonical, reference, cms_data;
  std::string undecided = "undecided";
  std::string expect;
  unsigned jobs = 0;
  trust_options trust;

  undecided_as treat() const {
    if (undecided == "pass") return undecided_as::pass;
    return undecided == "fail" ? undecided_as::fail : undecided_as::undecided;
  }
};

/// What belongs to one document only cannot be asked of many.
result<void> check_single(const verify_options& o) {
  const auto refuse = [](std::string what, std::string option) {
    return problem(problems::usage, std::move(what), std::move(option), "name one file");
  };
  if (!o.store_references.empty()) return refuse("canonical octets are stored for one file at a time", "--store-references");
  if (!o.their_canonical.empty()) return refuse("canonical octets are compared for one file at a time", "--their-canonical");
  if (!o.cms_data.empty()) return refuse("detached content belongs to one file", "--cms-data");
  if (o.report == "html") return refuse("a page tells of one file", "--report");
  return {};
}

input_kind kind_named(std::string_view word) {
  if (word == name_of(input_kind::cms)) return input_kind::cms;
  return word == name_of(input_kind::certificate) ? input_kind::certificate : input_kind::xml;
}

std::string as_page(const judged& j, const std::string& file, const std::optional<forensics::comparison>& compared) {
  forensics::page_options page;
  page.title = file == "-" ? "standard input" : file;
  page.document = j.document ? &*j.document : nullptr;
  page.their_canonical = compared ? &*compared : nullptr;
  return forensics::to_html(j.report, page);
}

int verify_one(const std::string& file, const verify_options& o, const verifier& by) {
  const auto octets = take_input(file);
  if (!octets) return complain(octets.error());
  const judged j = by.judge(*octets);
  if (!o.store_references.empty())
    if (const auto ok = store_references(j.report, o.store_references); !ok) return complain(ok.error());
  std::optional<forensics::comparison> compared;
  if (!o.their_canonical.empty()) {
    auto done = compare_with(j, o.their_canonical, o.reference);
    if (!done) return complain(done.error());
    compared = std::move(*done);
  }
  std::string out = o.report == "html"   ? as_page(j, file, compared)
                    : o.report == "json" ? eds::to_json(j.report) + "\n"
                                         : eds::to_text(j.report);
  if (compared && o.report == "text") out += "\n" + forensics::to_text(*compared);
  if (const auto ok = emit(out); !ok) return complain(ok.error());
  return exit_code_for(j.report.verdict, o.treat());
}

int verify(const verify_options& o) {
  const auto files = input_files(o.files);
  if (!files) return complain(files.error());
  auto parts = o.trust.parts();
  if (!parts) return complain(parts.error());
  parts->rules.keep_canonical = !o.store_references.empty() || o.report == "html";
  if (!o.expect.empty()) parts->expected = kind_named(o.expect);
  if (!o.cms_data.empty()) {
    if (parts->expected && *parts->expected != input_kind::cms)
      return complain(problem(problems::usage, "detached content belongs to a CMS", "--cms-data", "leave --expect out, or say cms"));
    parts->expected = input_kind::cms;
    auto content = take_input(o.cms_data);
    if (!content) return complain(content.error());
    parts->detached = std::move(*content);
  }
  const verifier by(std::move(*parts));
  // A folder with one file in it is still a folder: its output has the form for many.
  if (o.files.size() == 1 && *files == o.files) return verify_one(files->front(), o, by);
  if (const auto ok = check_single(o); !ok) return complain(ok.error());
  return verify_many(*files, {o.report == "json", o.jobs, o.treat()},
                     [&](shared_bytes octets) { return by.judge(std::move(octets)).report; });
}

}  // namespace

void add_verify(CLI::App& program, action& chosen) {
  auto options = std::make_shared<verify_options>();
  CLI::App* command = program.add_subcommand("verify", "verify anything signed (SOAP, XML, CMS, certificates) and say what, where and why");
  command->add_option("FILE", options->files, "files, folders (every file below), or - for standard input")->required();
  command->add_option("--report", options->report, "text, json or html")
      ->check(CLI::IsMember({"text", "json", "html"}))
      ->capture_default_str();
  command->add_option("--store-references", options->store_references, "write the canonical octets of each reference into this folder");
  command->add_option("--their-canonical", options->their_canonical,
                      "octets that another program digested: shows the first that differs from ours, and where it comes from");
  command->add_option("--reference", options->reference,
                      "which form is compared: S.R or S.info, counted from 1; default: the first that fails");
  command->add_option("--cms-data", options->cms_data, "the content of a detached CMS");
  command->add_option("--expect", options->expect, "what the file has to be: xml, cms or certificate; default: xml or cms")
      ->check(CLI::IsMember({"xml", "cms", "certificate"}));
  command->add_option("--treat-indeterminate-as", options->undecided, "exit code of what stays undecided: pass or fail; default: 4")
      ->check(CLI::IsMember({"pass", "fail"}));
  command->add_option("--jobs", options->jobs, "threads for many files; default: one for each processor")->check(CLI::Range(1, 256));
  options->trust.add_to(*command);
  command->callback([options, &chosen] { chosen = [options] { return verify(*options); }; });
}

}  // namespace shep::cli
