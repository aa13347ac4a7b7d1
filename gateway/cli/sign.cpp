#include "eds/sign.hpp"

#include "cli/cms_signing.hpp"
#include "cli/output.hpp"
#include "cli/signing_options.hpp"

#include <CLI/CLI.hpp>

namespace shep::cli {
namespace {

struct sign_options {
  std::string file;
  std::string output = "-";
  std::string id;
  bool keep_earlier = false;
  signing_options how;
  cms_signing cms;
};

/// An option that the profile has no use for is a misunderstanding, not a detail.
result<void> check(const sign_options& o) {
  const bool enveloped = o.how.profile == "enveloped";
  if (o.how.profile != "cms" && o.cms.asked())
    return problem(problems::usage, "an option for CMS was given with the profile " + o.how.profile, "--profile", "add --profile cms");
  if (!enveloped && (!o.id.empty() || o.keep_earlier))
    return problem(problems::usage, "--id and --keep-signatures belong to the profile enveloped", "--profile", "add --profile enveloped");
  return {};
}

result<std::string> made(shared_bytes octets, const sign_options& o) {
  if (const auto ok = check(o); !ok) return ok.error();
  const auto signer = o.how.identity();
  if (!signer) return signer.error();
  if (o.how.profile == "cms") return o.cms.sign(*octets, **signer);
  if (o.how.profile != "enveloped") return o.how.sign(std::move(octets));
  const auto earlier = o.keep_earlier ? eds::earlier_signatures::keep : eds::earlier_signatures::replace;
  return eds::sign_business(std::move(octets), **signer, {earlier, o.id});
}

int sign(const sign_options& o) {
  auto octets = take_input(o.file);
  if (!octets) return complain(octets.error());
  const auto done = made(std::move(*octets), o);
  if (!done) return complain(done.error());
  const auto written = emit(*done, o.output);
  return written ? passed : complain(written.error());
}

}  // namespace

void add_sign(CLI::App& program, action& chosen) {
  auto options = std::make_shared<sign_options>();
  CLI::App* command = program.add_subcommand("sign", "sign a SOAP message (WS-Security), a document (enveloped), or any file (cms)");
  command->add_option("FILE", options->file, "the file, or - for standard input")->required();
  command->add_option("--output,-o", options->output, "where to write; - for standard output")->capture_default_str();
  options->how.add_to(*command, true, {"wsse", "wsse-issuer-serial", "enveloped", "cms"});
  command->add_option("--id", options->id, "enveloped: sign only the element that carries this id");
  command->add_flag("--keep-signatures", options->keep_earlier, "enveloped: keep the signatures that are there, and cover them");
  options->cms.add_to(*command);
  command->callback([options, &chosen] { chosen = [options] { return sign(*options); }; });
}

}  // namespace shep::cli
